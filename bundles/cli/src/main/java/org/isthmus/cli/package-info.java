/**
 * The console's commands over a unix socket: for scripts, for tests, and for a console beside an appliance that runs as a service.
 *
 * <p>Who may open the socket is an admin: its mode is 0600, and the peer must be the appliance's own user or root. On a connection
 * the client sends command lines, UTF-8, each ended by a newline. Each is answered by what it printed, a NUL, its exit status in
 * decimal and another NUL. Closing the connection interrupts a command that still runs.
 */
package org.isthmus.cli;
