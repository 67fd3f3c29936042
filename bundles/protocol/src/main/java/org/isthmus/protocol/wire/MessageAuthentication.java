package org.isthmus.protocol.wire;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Control message authentication of version 3 (RFC 3931 sections 4.3 and 5.4.1): signs each message that is sent, and
 * checks each that came before anything else of it is read.
 *
 * <p>The key is HMAC-MD5(secret, 2). The digest is HMAC(key, sender's nonce + receiver's nonce + message), with the
 * digests in the message, of which there may be two, set to 0. Nonces do not count in an SCCRQ, and are empty where
 * nobody asked for authentication; an empty secret makes the digest a checksum. Immutable, for any thread.
 */
public final class MessageAuthentication {

    /** What a message says for itself. */
    public enum Verdict {
        /** It has no digest. */
        ABSENT,
        /** A digest of it is right. */
        VALID,
        /** No digest of it is right. */
        INVALID
    }

    /** Recommended octets of a nonce. */
    public static final int NONCE_BYTES = 16;

    private static final byte HIDING = 1;
    private static final byte AUTHENTICATION = 2;
    /** The first digest follows the Message Type. */
    private static final int FIRST = Datagram.CONTROL_HEADER_BYTES + Avp.HEADER_BYTES + 2;

    /** A digest that is there and cannot be right. */
    private static final int MALFORMED = -2;

    private final byte[] key;

    /** Derives the key; the secret may be empty. */
    public MessageAuthentication(byte[] secret) {
        key = derive(secret, AUTHENTICATION);
    }

    /** The key that hides AVPs in version 3 (RFC 3931 section 5.3). */
    public static byte[] hidingKey(byte[] secret) {
        return derive(secret, HIDING);
    }

    /** The nonce in an SCCRQ or SCCRP, which has to be known before the message can be checked; empty without one. */
    public static byte[] nonceOf(ByteBuffer datagram) {
        return MessageReader.readPlain(datagram).readable().map(m -> m.octets(AvpType.AUTHENTICATION_NONCE))
                .orElse(new byte[0]);
    }

    /**
     * Fills in the digest for which {@link MessageWriter#digest} kept the place; without such a place does nothing.
     *
     * @param message the whole message, Ns and Nr included; is changed
     */
    public void sign(byte[] message, byte[] localNonce, byte[] remoteNonce) {
        ByteBuffer buffer = ByteBuffer.wrap(message);
        int at = digestAt(buffer, FIRST, message.length);
        if (at >= 0) {
            Arrays.fill(message, at, at + typeAt(buffer, at).bytes(), (byte) 0);
            byte[] digest = digest(typeAt(buffer, at), localNonce, remoteNonce, message);
            System.arraycopy(digest, 0, message, at, digest.length);
        }
    }

    /**
     * Judges a control message. Takes the same time whatever is wrong with a digest.
     *
     * @param datagram what {@link Datagram#kind} called a control message; is not changed
     */
    public Verdict check(ByteBuffer datagram, byte[] localNonce, byte[] remoteNonce) {
        int length = Datagram.length(datagram);
        int first = length > ControlMessage.MAX_BYTES ? -1 : digestAt(datagram, FIRST, length);
        if (first < 0) {
            return first == MALFORMED ? Verdict.INVALID : Verdict.ABSENT;
        }
        byte[] message = new byte[length];
        datagram.get(datagram.position(), message);
        ByteBuffer copy = ByteBuffer.wrap(message);
        int firstEnd = first + typeAt(copy, first).bytes();
        int second = digestAt(copy, firstEnd, length);
        Arrays.fill(message, first, firstEnd, (byte) 0);
        if (second > 0) {
            Arrays.fill(message, second, second + typeAt(copy, second).bytes(), (byte) 0);
        }
        boolean valid = matches(datagram, first, message, localNonce, remoteNonce);
        if (second > 0) {
            valid |= matches(datagram, second, message, localNonce, remoteNonce);
        }
        return valid ? Verdict.VALID : Verdict.INVALID;
    }

    /** Where the digest of an AVP that starts here lies; negative when there is none, or none that can be used. */
    private static int digestAt(ByteBuffer datagram, int avp, int length) {
        int base = datagram.position();
        if (avp + Avp.HEADER_BYTES + 1 > length || datagram.getShort(base + avp + 2) != 0
                || datagram.getShort(base + avp + 4) != AvpType.MESSAGE_DIGEST.attribute()) {
            return -1;
        }
        int flags = datagram.getShort(base + avp) & 0xffff;
        int digest = avp + Avp.HEADER_BYTES + 1;
        DigestType type = typeAt(datagram, digest);
        boolean fits = type != DigestType.NONE && (flags & Avp.H) == 0
                && (flags & Avp.LENGTH_MASK) == Avp.HEADER_BYTES + 1 + type.bytes() && digest + type.bytes() <= length;
        return fits ? digest : MALFORMED;
    }

    private static DigestType typeAt(ByteBuffer message, int digest) {
        int code = message.get(message.position() + digest - 1) & 0xff;
        return WireCode.of(DigestType.class, code).orElse(DigestType.NONE);
    }

    private boolean matches(ByteBuffer datagram, int at, byte[] zeroed, byte[] localNonce, byte[] remoteNonce) {
        DigestType type = typeAt(datagram, at);
        byte[] received = new byte[type.bytes()];
        datagram.get(datagram.position() + at, received);
        return MessageDigest.isEqual(received, digest(type, remoteNonce, localNonce, zeroed));
    }

    private byte[] digest(DigestType type, byte[] senderNonce, byte[] receiverNonce, byte[] message) {
        Mac mac = mac(type, key);
        if (Datagram.messageCode(ByteBuffer.wrap(message)) != MessageType.SCCRQ.code()) {
            mac.update(senderNonce);
            mac.update(receiverNonce);
        }
        return mac.doFinal(message);
    }

    private static byte[] derive(byte[] secret, byte purpose) {
        return mac(DigestType.MD5, secret).doFinal(new byte[] {purpose});
    }

    private static Mac mac(DigestType type, byte[] key) {
        try {
            Mac mac = Mac.getInstance(type.algorithm());
            // HMAC pads a key with zeros, so that one zero is as good as nothing, which the class does not take.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, type.algorithm()));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + type.algorithm(), e);
        }
    }
}
