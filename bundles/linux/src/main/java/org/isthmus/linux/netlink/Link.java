package org.isthmus.linux.netlink;

/**
 * A network interface.
 *
 * @param index its number, never used again while the system runs
 * @param name its name, which may change
 * @param mtu the longest packet in bytes
 * @param up whether it is switched on
 * @param running whether it can carry packets now (for TUN: a process holds it open)
 * @param master the index of the bridge that it belongs to, or 0
 * @param alias what is written on it, or empty
 */
public record Link(int index, String name, int mtu, boolean up, boolean running, int master, String alias) {

    /** One on which nothing is written. */
    public Link(int index, String name, int mtu, boolean up, boolean running, int master) {
        this(index, name, mtu, up, running, master, "");
    }
}
