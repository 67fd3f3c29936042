/** The timers of a worker. First to read: {@link org.isthmus.core.timer.TimerWheel}. */
package org.isthmus.core.timer;
