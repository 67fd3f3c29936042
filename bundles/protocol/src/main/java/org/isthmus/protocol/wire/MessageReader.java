package org.isthmus.protocol.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import org.isthmus.protocol.wire.Rejection.Reason;

/**
 * Reads the AVPs of one control message.
 *
 * <p>The structure of the whole message is checked before any value is looked at, the types before anything is
 * deciphered. Every step moves the cursor by at least the 6 octets of an AVP header.
 */
final class MessageReader {

    /** 3Com, under whose number the draft of RFC 3145 put attribute 46. */
    private static final int VENDOR_3COM = 43;

    private final ByteBuffer header;
    private final byte[] bytes;
    private final boolean version3;
    private final byte[] secret;
    /** False to leave hidden values aside, as when nobody knows yet whose secret it would be. */
    private final boolean reveal;
    private final VendorAvp.Known understood;

    private final EnumMap<AvpType, Avp> known = new EnumMap<>(AvpType.class);
    /** The second and later of those that may come several times. */
    private final List<Avp> repeated = new ArrayList<>(0);
    private final List<Avp> unknown = new ArrayList<>(0);
    /** Those of them that are mandatory and a vendor's: somebody may know them. */
    private final List<Avp> vendors = new ArrayList<>(0);
    private MessageType type = MessageType.ZLB;
    private int malformed;
    /** What reveals hidden values; null before the first. */
    private byte[] hidingKey;
    private int vectorOffset = -1;
    private int vectorLength;

    private MessageReader(byte[] bytes, byte[] secret, boolean reveal, VendorAvp.Known understood) {
        this.header = ByteBuffer.wrap(bytes);
        this.bytes = bytes;
        this.version3 = Datagram.version(header) == ProtocolVersion.V3;
        this.secret = secret;
        this.reveal = reveal;
        this.understood = understood;
    }

    static Decoded read(ByteBuffer datagram, byte[] secret, VendorAvp.Known understood) {
        return read(datagram, secret, true, understood);
    }

    /** Reads without deciphering: hidden AVPs count as absent. */
    static Decoded readPlain(ByteBuffer datagram) {
        return read(datagram, new byte[0], false, VendorAvp.Known.NONE);
    }

    private static Decoded read(ByteBuffer datagram, byte[] secret, boolean reveal, VendorAvp.Known understood) {
        DatagramKind kind = Datagram.kind(datagram);
        if (!kind.isControl()) {
            return new Rejection(Reason.BAD_HEADER, MessageType.ZLB, kind.words(), Optional.empty());
        }
        int length = Datagram.length(datagram);
        if (length > ControlMessage.MAX_BYTES) {
            return new Rejection(Reason.TOO_LONG, MessageType.ZLB, length + " octets", Optional.empty());
        }
        byte[] bytes = new byte[length];
        datagram.get(datagram.position(), bytes);
        return new MessageReader(bytes, secret, reveal, understood).read();
    }

    private Decoded read() {
        Rejection first = bytes.length > Datagram.CONTROL_HEADER_BYTES ? checkStructure() : null;
        for (int at = Datagram.CONTROL_HEADER_BYTES; at < bytes.length && !isToDrop(first);
                at += uint16(at) & Avp.LENGTH_MASK) {
            Rejection rejection = readAvp(at);
            if (first == null || isToDrop(rejection)) {
                first = rejection;
            }
        }
        if (isToDrop(first)) {
            return first;
        }
        ControlMessage message = new ControlMessage(header, type, known, List.copyOf(repeated),
                List.copyOf(unknown), malformed);
        for (Avp avp : vendors) {
            if (first == null && !understood.contains(message, avp.vendorId(), avp.attribute())) {
                first = rejectUnknown(avp);
            }
        }
        return first == null ? message
                : new Rejection(first.reason(), type, first.words(), Optional.of(message));
    }

    private static boolean isToDrop(Rejection rejection) {
        return rejection != null && rejection.reason().consequence() == Rejection.Consequence.DROP;
    }

    private Rejection checkStructure() {
        int count = 0;
        int at = Datagram.CONTROL_HEADER_BYTES;
        while (at < bytes.length) {
            int left = bytes.length - at;
            int length = left < Avp.HEADER_BYTES ? left : uint16(at) & Avp.LENGTH_MASK;
            if (length < Avp.HEADER_BYTES) {
                return reject(Reason.AVP_TOO_SHORT, "AVP " + (count + 1) + " has " + length + " octets");
            }
            if (length > left) {
                return reject(Reason.AVP_BEYOND_MESSAGE,
                        "AVP " + (count + 1) + " has " + length + " octets, " + left + " are left");
            }
            if (++count > ControlMessage.MAX_AVPS) {
                return reject(Reason.TOO_MANY_AVPS, "more than " + ControlMessage.MAX_AVPS + " AVPs");
            }
            at += length;
        }
        return readType();
    }

    /** The first AVP must be the Message Type. Its M bit says whether an unknown message may be ignored. */
    private Rejection readType() {
        int at = Datagram.CONTROL_HEADER_BYTES;
        int flags = uint16(at);
        if ((flags & (version3 ? Avp.H : Avp.H | Avp.RESERVED)) != 0 || (flags & Avp.LENGTH_MASK) != Avp.HEADER_BYTES + 2
                || uint16(at + 2) != 0 && !version3 || uint16(at + 4) != AvpType.MESSAGE_TYPE.attribute()) {
            return reject(Reason.NO_MESSAGE_TYPE, "the first AVP is not a Message Type");
        }
        int code = uint16(at + Avp.HEADER_BYTES);
        type = MessageType.ofCode(code);
        // An ACK of version 2, or a message of a vendor: not known.
        if (type == MessageType.ACK && !version3 || uint16(at + 2) != 0) {
            type = MessageType.ZLB;
        }
        if (type == MessageType.ZLB) {
            return reject((flags & Avp.M) != 0 ? Reason.UNKNOWN_MANDATORY_MESSAGE : Reason.UNKNOWN_MESSAGE,
                    "unknown message type " + (uint16(at + 2) == 0 ? "" : "of vendor " + uint16(at + 2) + ": ") + code);
        }
        return null;
    }

    private Rejection readAvp(int at) {
        int flags = uint16(at);
        int vendor = uint16(at + 2);
        int attribute = uint16(at + 4);
        int offset = at + Avp.HEADER_BYTES;
        int length = (flags & Avp.LENGTH_MASK) - Avp.HEADER_BYTES;
        AvpType avpType = typeOf(flags, vendor, attribute);
        if (avpType == null) {
            Avp avp = new Avp(flags, vendor, attribute, bytes, offset, length);
            unknown.add(avp);
            if ((flags & Avp.M) != 0 && vendor != 0 && (flags & (Avp.H | Avp.RESERVED)) == 0) {
                vendors.add(avp);
                return null;
            }
            return (flags & Avp.M) == 0 ? null : rejectUnknown(avp);
        }
        if ((flags & Avp.H) != 0) {
            return readHidden(avpType, flags, vendor, offset, length);
        }
        if (!avpType.fits(length)) {
            return misfit(avpType, flags, length);
        }
        if (avpType == AvpType.RANDOM_VECTOR) {
            // Each one serves the hidden AVPs up to the next.
            vectorOffset = offset;
            vectorLength = length;
            known.put(avpType, new Avp(flags, vendor, attribute, bytes, offset, length));
        } else {
            keep(avpType, new Avp(flags, vendor, attribute, bytes, offset, length));
        }
        return null;
    }

    /**
     * An AVP with a reserved bit set is to be treated as unrecognized (RFC 2661 section 4.1); version 3 ignores the bit
     * (RFC 3931 section 5.1).
     */
    private AvpType typeOf(int flags, int vendor, int attribute) {
        if ((flags & Avp.RESERVED) != 0 && !version3) {
            return null;
        }
        boolean draftOfDisconnectCause = vendor == VENDOR_3COM && attribute == AvpType.DISCONNECT_CAUSE.attribute();
        return AvpType.of(draftOfDisconnectCause ? 0 : vendor, attribute);
    }

    private Rejection rejectUnknown(Avp avp) {
        return reject(Reason.UNKNOWN_MANDATORY_AVP, "unknown mandatory AVP, vendor " + avp.vendorId() + " attribute " + avp.attribute());
    }

    private Rejection readHidden(AvpType avpType, int flags, int vendor, int offset, int length) {
        if (!avpType.mayBeHidden()) {
            return reject(Reason.HIDDEN_FORBIDDEN, avpType.title() + " must not be hidden");
        }
        if (!reveal) {
            return null;
        }
        if (secret.length == 0) {
            return reject(Reason.HIDDEN_WITHOUT_SECRET, avpType.title() + " is hidden, but no secret is set");
        }
        if (vectorOffset < 0) {
            return reject(Reason.HIDDEN_WITHOUT_RANDOM_VECTOR,
                    avpType.title() + " is hidden, but no Random Vector came before it");
        }
        if (hidingKey == null) {
            hidingKey = version3 ? MessageAuthentication.hidingKey(secret) : secret;
        }
        byte[] plain = AvpHiding.reveal(avpType.attribute(), hidingKey, bytes, vectorOffset, vectorLength, offset,
                length);
        if (plain == null || !avpType.fits(plain.length)) {
            return reject(Reason.HIDDEN_UNREADABLE,
                    avpType.title() + " is hidden and cannot be read: the secrets may differ");
        }
        keep(avpType, new Avp(flags, vendor, avpType.attribute(), plain, 0, plain.length));
        return null;
    }

    /** The first of several counts, unless they may be several. */
    private void keep(AvpType avpType, Avp avp) {
        if (known.putIfAbsent(avpType, avp) == null) {
            return;
        }
        if (avpType.repeatable()) {
            repeated.add(avp);
        } else {
            malformed++;
        }
    }

    /** In version 3 the M bit decides, as for an AVP that is not known (RFC 3931 section 7.1). */
    private Rejection misfit(AvpType avpType, int flags, int length) {
        if (avpType.essential() || version3 && (flags & Avp.M) != 0) {
            return reject(Reason.MALFORMED_AVP, avpType.title() + " has " + length + " octets");
        }
        malformed++;
        return null;
    }

    private Rejection reject(Reason reason, String words) {
        return new Rejection(reason, type, words, Optional.empty());
    }

    private int uint16(int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
