package org.isthmus.ppp.mppe;

import java.nio.ByteBuffer;

/**
 * Decrypts what the peer sends on one link, RFC 3078. One thread at a time; allocates nothing; hostile input never throws.
 *
 * <p>Only IPv4 and IPv6 are ever encrypted on our links, so what decrypts to anything else was forged, damaged, or encrypted with
 * another key. Such a packet changes nothing, so that the next good one is taken.
 *
 * <p>Stateful, after a loss, the answer to a Reset-Request has either the present key (the RFC) or the next one (Linux). And an answer
 * may be lost itself, so that there was one more change of the key than anybody can count. So that packet is tried with each of the
 * keys that it can have.
 */
public final class MppeReceiver {
    /** An answer of {@link #decrypt}: the packet is of no use and nothing is to be done about it. */
    public static final int DROPPED = -1;
    /** An answer of {@link #decrypt}: so is what follows, until the peer begins anew: it has to be sent a CCP Reset-Request. */
    public static final int OUT_OF_STEP = -2;

    private static final int HEADER = 2;
    /** So many packets ahead may be lost, and no more can be told from late ones. */
    private static final int WINDOW = MppeSender.COUNT / 2 + 1;
    /** So many changes of the key that nobody has counted. */
    private static final int MOST_UNSEEN = 8;
    /** So many packets in a row of no use, without state, are no mere disorder. */
    private static final int MANY = 64;

    private final SessionKey key;
    private final boolean stateless;
    /** Of the last packet that was decrypted. */
    private int count = MppeSender.COUNT;
    private boolean inStep = true;
    private int useless;

    /**
     * @param stateless whether each packet has a key of its own; else one in 256
     * @param startKey  16 octets, or 8 for less than 128 bits; it is copied
     */
    public MppeReceiver(MppeStrength strength, boolean stateless, byte[] startKey) {
        this.key = new SessionKey(strength, startKey);
        this.stateless = stateless;
    }

    /**
     * Decrypts a packet where it lies.
     *
     * @param at  the offset of the flags and the count, behind the protocol 00 FD
     * @param end the offset behind the packet
     * @return the offset of the protocol that was encrypted, or {@link #DROPPED} or {@link #OUT_OF_STEP}
     */
    public int decrypt(ByteBuffer packet, int at, int end) {
        if (end - at <= HEADER) {
            return useless();
        }
        int header = packet.getShort(at);
        boolean flushed = (header & MppeSender.FLUSHED) != 0;
        int number = header & MppeSender.COUNT;
        int ahead = number - count & MppeSender.COUNT;
        if ((header & MppeSender.ENCRYPTED) == 0 || ahead == 0 || ahead > WINDOW || stateless && !flushed) {
            return useless();
        }
        int inner = at + HEADER;
        boolean taken = stateless ? stateless(packet, inner, end, ahead) : stateful(packet, inner, end, ahead, number, flushed);
        if (!taken) {
            return stateless ? useless() : OUT_OF_STEP;
        }
        count = number;
        useless = 0;
        return inner;
    }

    private int useless() {
        if (++useless < MANY) {
            return DROPPED;
        }
        useless = 0;
        return OUT_OF_STEP;
    }

    private boolean stateless(ByteBuffer packet, int at, int end, int changes) {
        key.save();
        change(changes);
        key.restart();
        if (!isIp(packet, at, end)) {
            key.goBack();
            return false;
        }
        key.restart();
        key.crypt(packet, at, end);
        return true;
    }

    private boolean stateful(ByteBuffer packet, int at, int end, int ahead, int number, boolean flushed) {
        boolean flag = MppeSender.isFlag(number);
        if (inStep && ahead == 1) {
            key.save();
            if (flushed || flag) {
                key.change();
                key.restart();
            }
            key.crypt(packet, at, end);
            inStep = looksLikeIp(packet.get(at), at + 1 < end ? packet.get(at + 1) : 0, at + 2 < end ? packet.get(at + 2) : 0);
            if (!inStep) {
                key.goBack();
            }
            return inStep;
        }
        inStep = flushed && findKey(packet, at, end, ahead, flag);
        if (inStep) {
            key.restart();
            key.crypt(packet, at, end);
        }
        return inStep;
    }

    /** Goes on to the key of a packet behind a gap; stays at the old one if none fits. */
    private boolean findKey(ByteBuffer packet, int at, int end, int ahead, boolean flag) {
        key.save();
        // Flag packets between the last one and this one, each of which changed the key.
        change((count + ahead >> 8) - (count + 1 >> 8));
        for (int more = 0; more <= MOST_UNSEEN; more++) {
            key.restart();
            if ((more > 0 || !flag) && isIp(packet, at, end)) {
                return true;
            }
            key.change();
        }
        key.goBack();
        return false;
    }

    private void change(int times) {
        for (int i = 0; i < times; i++) {
            key.change();
        }
    }

    /** Whether the packet decrypts to IP, from the start of the key stream; it stays as it is. */
    private boolean isIp(ByteBuffer packet, int at, int end) {
        Rc4 cipher = key.cipher();
        byte first = (byte) (packet.get(at) ^ cipher.next());
        byte second = at + 1 < end ? (byte) (packet.get(at + 1) ^ cipher.next()) : 0;
        byte third = at + 2 < end ? (byte) (packet.get(at + 2) ^ cipher.next()) : 0;
        return looksLikeIp(first, second, third);
    }

    /** The protocol, in two octets since we never agree to one, and the version in the first octet of the packet. */
    private static boolean looksLikeIp(byte first, byte second, byte third) {
        return first == 0 && (second == 0x21 && third >> 4 == 4 || second == 0x57 && third >> 4 == 6);
    }
}
