/** Follows what tunnels send and receive, for people: into queues that they read, and into the log. */
package org.isthmus.core.trace;
