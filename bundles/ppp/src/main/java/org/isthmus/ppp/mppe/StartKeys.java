package org.isthmus.ppp.mppe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The keys with which MPPE starts in both directions, RFC 3079. They come out of the proof of one end, whoever judged it. {@code toString}
 * shows nothing of them.
 */
public final class StartKeys {
    private static final int LONG = MppeStrength.BITS_128.keyOctets();
    private static final int SHORT = MppeStrength.BITS_40.keyOctets();
    private static final byte[] MAGIC_1 = ascii("This is the MPPE Master Key");
    private static final byte[] MAGIC_2 = ascii("On the client side, this is the send key; on the server side, it is the receive key.");
    private static final byte[] MAGIC_3 = ascii("On the client side, this is the receive key; on the server side, it is the send key.");

    private final byte[] send;
    private final byte[] receive;
    private final byte[] shortSend;
    private final byte[] shortReceive;

    private StartKeys(byte[] send, byte[] receive, byte[] shortSend, byte[] shortReceive) {
        if (send.length != LONG || receive.length != LONG || shortSend.length != SHORT || shortReceive.length != SHORT) {
            throw new IllegalArgumentException("the start keys of MPPE have " + LONG + " and " + SHORT + " octets");
        }
        this.send = send.clone();
        this.receive = receive.clone();
        this.shortSend = shortSend.clone();
        this.shortReceive = shortReceive.clone();
    }

    /**
     * Keys that somebody else has worked out.
     *
     * @param send    16 octets, for what we send; the first 8 are those for less than 128 bits
     * @param receive 16 octets, for what we receive, in the same way
     */
    public static StartKeys of(byte[] send, byte[] receive) {
        return new StartKeys(send, receive, Arrays.copyOf(send, SHORT), Arrays.copyOf(receive, SHORT));
    }

    /**
     * Keys that somebody else has worked out, those for less than 128 bits apart.
     *
     * @param send         16 octets
     * @param receive      16 octets
     * @param shortSend    8 octets
     * @param shortReceive 8 octets
     */
    public static StartKeys of(byte[] send, byte[] receive, byte[] shortSend, byte[] shortReceive) {
        return new StartKeys(send, receive, shortSend, shortReceive);
    }

    /**
     * MS-CHAPv2, section 3.
     *
     * @param ntHashHash      16 octets, the hash of the hash of the password
     * @param ntResponse      24 octets, what proved it
     * @param weAuthenticated whether the peer proved it to us, which makes us the server
     */
    public static StartKeys ofMsChapV2(byte[] ntHashHash, byte[] ntResponse, boolean weAuthenticated) {
        byte[] master = Arrays.copyOf(sha1(ntHashHash, ntResponse, MAGIC_1), LONG);
        byte[] ofClient = Arrays.copyOf(sha1(master, Sha.PAD_1, MAGIC_2, Sha.PAD_2), LONG);
        byte[] ofServer = Arrays.copyOf(sha1(master, Sha.PAD_1, MAGIC_3, Sha.PAD_2), LONG);
        return weAuthenticated ? of(ofServer, ofClient) : of(ofClient, ofServer);
    }

    /**
     * MS-CHAPv1, section 2: the same in both directions, and those for less than 128 bits are of the LAN Manager's hash.
     *
     * @param ntHashHash 16 octets, the hash of the hash of the password
     * @param lmHash     16 octets, the LAN Manager's hash of it
     * @param challenge  8 octets
     */
    public static StartKeys ofMsChapV1(byte[] ntHashHash, byte[] lmHash, byte[] challenge) {
        byte[] both = Arrays.copyOf(sha1(ntHashHash, ntHashHash, challenge), LONG);
        byte[] shortBoth = Arrays.copyOf(lmHash, SHORT);
        return new StartKeys(both, both, shortBoth, shortBoth);
    }

    /** The key for what we send: 16 octets, or 8 for less than 128 bits. */
    public byte[] send(MppeStrength strength) {
        return (strength.keyOctets() == LONG ? send : shortSend).clone();
    }

    /** The key for what we receive: 16 octets, or 8 for less than 128 bits. */
    public byte[] receive(MppeStrength strength) {
        return (strength.keyOctets() == LONG ? receive : shortReceive).clone();
    }

    /** Whether the short keys are the beginnings of the long ones, as in MS-CHAPv2. */
    public boolean sharePrefix() {
        return Arrays.equals(shortSend, 0, SHORT, send, 0, SHORT) && Arrays.equals(shortReceive, 0, SHORT, receive, 0, SHORT);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] sha1(byte[]... parts) {
        MessageDigest sha1 = Sha.sha1();
        for (byte[] part : parts) {
            sha1.update(part);
        }
        return sha1.digest();
    }

    @Override
    public String toString() {
        return "StartKeys[hidden]";
    }
}
