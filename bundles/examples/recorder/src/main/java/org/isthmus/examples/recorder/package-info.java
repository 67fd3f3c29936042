/** A data plane in front of another one. First to read: {@link org.isthmus.examples.recorder.RecorderDataplane}. */
package org.isthmus.examples.recorder;
