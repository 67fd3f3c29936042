package org.isthmus.ppp.mppe;

import java.nio.ByteBuffer;

/**
 * Encrypts what we send on one link, RFC 3078. One thread at a time; allocates nothing. {@link #flush} may be called by any.
 *
 * <pre>
 *   00 FD  |A|0|0|D| coherency count (12 bits)  encrypted: protocol (2 octets), packet
 * </pre>
 *
 * Where the RFC leaves a choice, or Linux's kernel reads it in another way, this does as Linux: counting begins with 0, the first
 * stateful packet has no FLUSHED bit, and a packet with that bit has a new key.
 */
public final class MppeSender {
    /** By how many octets a packet grows: the outer protocol, the flags and the count. */
    public static final int OVERHEAD = 4;

    static final int PROTOCOL = 0x00fd;
    static final int FLUSHED = 0x8000;
    static final int ENCRYPTED = 0x1000;
    static final int COUNT = 0x0fff;

    private final SessionKey key;
    private final boolean stateless;
    private int count = COUNT;
    private volatile boolean flush;

    /**
     * @param stateless whether each packet has a key of its own; else one in 256
     * @param startKey  16 octets, or 8 for less than 128 bits; it is copied
     */
    public MppeSender(MppeStrength strength, boolean stateless, byte[] startKey) {
        this.key = new SessionKey(strength, startKey);
        this.stateless = stateless;
    }

    /** The peer is out of step (CCP Reset-Request): the next packet begins anew. */
    public void flush() {
        flush = true;
    }

    /**
     * Encrypts a packet where it lies.
     *
     * @param packet begins, from position to limit, with the two octets of its protocol, and has {@link #OVERHEAD} octets of room in
     *               front; its position moves to the front of the frame
     */
    public void encrypt(ByteBuffer packet) {
        count = count + 1 & COUNT;
        int header = count | ENCRYPTED;
        if (stateless || flush || isFlag(count)) {
            flush = false;
            key.change();
            key.restart();
            header |= FLUSHED;
        }
        int at = packet.position();
        key.crypt(packet, at, packet.limit());
        packet.putShort(at - 2, (short) header);
        packet.putShort(at - OVERHEAD, (short) PROTOCOL);
        packet.position(at - OVERHEAD);
    }

    /** Whether the key changes with this packet in any case (section 7.2). */
    static boolean isFlag(int count) {
        return (count & 0xff) == 0xff;
    }
}
