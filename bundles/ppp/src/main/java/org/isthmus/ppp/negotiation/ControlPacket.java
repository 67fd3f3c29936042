package org.isthmus.ppp.negotiation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The packet that LCP, the network control protocols and the authentication protocols have in common, RFC 1661
 * section 5: code (1 octet), identifier (1), length (2, of all four parts), data.
 *
 * @param code what it is
 * @param identifier matches answers with questions, 0 to 255
 * @param data a view of the received octets, from position to limit
 */
public record ControlPacket(int code, int identifier, ByteBuffer data) {
    public static final int CONFIGURE_REQUEST = 1;
    public static final int CONFIGURE_ACK = 2;
    public static final int CONFIGURE_NAK = 3;
    public static final int CONFIGURE_REJECT = 4;
    public static final int TERMINATE_REQUEST = 5;
    public static final int TERMINATE_ACK = 6;
    public static final int CODE_REJECT = 7;

    private static final int HEADER = 4;

    /**
     * Reads a packet; octets after its length are padding and left out.
     *
     * @return empty if there is no whole packet
     */
    public static Optional<ControlPacket> parse(ByteBuffer information) {
        int available = information.remaining();
        if (available < HEADER) {
            return Optional.empty();
        }
        int at = information.position();
        int length = information.getShort(at + 2) & 0xffff;
        if (length < HEADER || length > available) {
            return Optional.empty();
        }
        return Optional.of(new ControlPacket(information.get(at) & 0xff, information.get(at + 1) & 0xff,
                information.slice(at + HEADER, length - HEADER)));
    }

    /** The octets of a packet with this data, which must leave room for a length of 65535. */
    public static byte[] encode(int code, int identifier, byte[] data) {
        return ByteBuffer.allocate(HEADER + data.length)
                .put((byte) code)
                .put((byte) identifier)
                .putShort((short) (HEADER + data.length))
                .put(data)
                .array();
    }

    /** A copy of the data. */
    public byte[] bytes() {
        byte[] copy = new byte[data.remaining()];
        data.get(data.position(), copy);
        return copy;
    }

    /** This packet as it came, cut to so many octets; for the reject messages that quote it. */
    public byte[] quote(int maxLength) {
        byte[] whole = encode(code, identifier, bytes());
        return whole.length <= maxLength ? whole : Arrays.copyOf(whole, Math.max(0, maxLength));
    }

    /** The data as text for people: at most 255 octets, control characters replaced. */
    public String text() {
        byte[] bytes = new byte[Math.min(data.remaining(), 255)];
        data.get(data.position(), bytes);
        return printable(bytes);
    }

    /** Octets from the peer as text that is safe in a log: UTF-8, control characters replaced by {@code '?'}. */
    public static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        new String(bytes, StandardCharsets.UTF_8).codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(text::appendCodePoint);
        return text.toString();
    }
}
