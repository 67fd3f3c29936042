/** What the engine counts. First to read: {@link org.isthmus.core.counters.Counter}. */
package org.isthmus.core.counters;
