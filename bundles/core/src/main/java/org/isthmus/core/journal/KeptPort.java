package org.isthmus.core.journal;

import org.isthmus.core.checkpoint.PortCheckpoint;

/**
 * An open port of a worker.
 *
 * @param port    the port, without sockets; {@code beside} is a port's number here
 * @param sockets how many it has
 */
public record KeptPort(PortCheckpoint port, int sockets) {
    static final String KEY = "p.";

    /** Its key. */
    public static String key(int number) {
        return KEY + number;
    }

    /** The name under which a socket of it is kept. */
    public static String descriptor(int worker, int number, int socket) {
        return "core.w" + worker + '.' + number + '.' + socket;
    }
}
