/** Tells listeners what happened. First to read: {@link org.isthmus.core.event.EventDispatcher}. */
package org.isthmus.core.event;
