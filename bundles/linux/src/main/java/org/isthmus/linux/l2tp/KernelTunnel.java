package org.isthmus.linux.l2tp;

/**
 * A tunnel, as the kernel must know it.
 *
 * @param id      our id, unsigned
 * @param peerId  the peer's id, unsigned
 * @param version 2 or 3
 * @param overIp  whether its packets are those of IP protocol 115, else UDP datagrams
 */
public record KernelTunnel(int id, int peerId, int version, boolean overIp) {
    @Override
    public String toString() {
        return "tunnel " + Integer.toUnsignedString(id);
    }
}
