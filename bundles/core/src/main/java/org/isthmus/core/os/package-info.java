/** The engine on a real machine: threads, sockets, name resolution, the clock. */
package org.isthmus.core.os;
