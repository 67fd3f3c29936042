package org.isthmus.protocol.wire;

import java.nio.ByteBuffer;

/**
 * The header of the L2TPv3 data messages of one session in one direction: what both ends agreed on. Reads and writes
 * without allocating; immutable, for any thread.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |T=0                    | Ver=3 |            Reserved           |  over UDP only
 * |                           Session ID                          |
 * |                     Cookie, 0, 4 or 8 octets                  |
 * |x|S|x|x|x|x|x|x|              Sequence Number                  |  the default L2-specific sublayer, if agreed
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * Reserved bits are sent as 0 and not looked at. RFC 3931 sections 4.1 and 4.6.
 */
public final class SessionHeader {

    /** The longest header, in octets. */
    public static final int MAX_BYTES = 20;
    /** In the place of a sequence number: there is none. */
    public static final int UNNUMBERED = -1;

    private static final int FLAGS_BYTES = 4;
    private static final int ID_BYTES = 4;
    private static final int SUBLAYER_BYTES = 4;
    private static final int UDP_FLAGS = 0x0003_0000;
    private static final int NUMBERED = 0x4000_0000;
    private static final int NUMBERS = 0x00ff_ffff;

    private final int idAt;
    private final int sessionId;
    private final int cookieBytes;
    private final long cookie;
    private final boolean sublayer;
    private final int bytes;

    /**
     * @param udp       whether the message is carried by UDP, not by IP itself
     * @param sessionId the receiver's session identifier
     * @param cookie    0, 4 or 8 octets; copied
     * @param sublayer  whether the default L2-specific sublayer is there
     * @throws IllegalArgumentException for a cookie of another length
     */
    public SessionHeader(boolean udp, int sessionId, byte[] cookie, boolean sublayer) {
        this.idAt = udp ? FLAGS_BYTES : 0;
        this.sessionId = sessionId;
        this.cookieBytes = cookie.length;
        this.cookie = switch (cookie.length) {
            case 0 -> 0;
            case 4 -> ByteBuffer.wrap(cookie).getInt();
            case 8 -> ByteBuffer.wrap(cookie).getLong();
            default -> throw new IllegalArgumentException("a cookie has 0, 4 or 8 octets, not " + cookie.length);
        };
        this.sublayer = sublayer;
        this.bytes = idAt + ID_BYTES + cookieBytes + (sublayer ? SUBLAYER_BYTES : 0);
    }

    /**
     * The session identifier of the data message between a buffer's position and limit.
     *
     * @return 0 if this is no L2TPv3 data message; all other values are identifiers, unsigned
     */
    public static int sessionId(ByteBuffer message, boolean udp) {
        int at = message.position();
        int available = message.remaining();
        if (!udp) {
            return available < ID_BYTES ? 0 : message.getInt(at);
        }
        boolean data = available >= FLAGS_BYTES + ID_BYTES
                && (message.getShort(at) & (Datagram.T | Datagram.VERSION_MASK)) == UDP_FLAGS >>> 16;
        return data ? message.getInt(at + FLAGS_BYTES) : 0;
    }

    /** Octets of the header, the sublayer included. */
    public int bytes() {
        return bytes;
    }

    /** Whether the message is long enough for this header. The methods that read may be called only if it is. */
    public boolean fits(ByteBuffer message) {
        return message.remaining() >= bytes;
    }

    /** Whether the message has the cookie of this session. Takes the same time for each wrong one. */
    public boolean hasCookie(ByteBuffer message) {
        int at = message.position() + idAt + ID_BYTES;
        long there = cookieBytes == 0 ? 0 : cookieBytes == 4 ? message.getInt(at) : message.getLong(at);
        return there == cookie;
    }

    /** The sequence number, 0 to 2^24 - 1, or {@link #UNNUMBERED}. */
    public int number(ByteBuffer message) {
        if (!sublayer) {
            return UNNUMBERED;
        }
        int word = message.getInt(message.position() + bytes - SUBLAYER_BYTES);
        return (word & NUMBERED) == 0 ? UNNUMBERED : word & NUMBERS;
    }

    /**
     * Writes the header in front of a buffer's position and moves the position to its start.
     *
     * @param message has {@link #bytes} octets of room in front of its position
     * @param number  the sequence number, of which the last 24 bits count, or {@link #UNNUMBERED}; a header without sublayer
     *                has no number
     */
    public void prepend(ByteBuffer message, int number) {
        int at = message.position() - bytes;
        message.position(at);
        if (idAt > 0) {
            message.putInt(at, UDP_FLAGS);
        }
        at += idAt;
        message.putInt(at, sessionId);
        at += ID_BYTES;
        if (cookieBytes == 4) {
            message.putInt(at, (int) cookie);
        } else if (cookieBytes == 8) {
            message.putLong(at, cookie);
        }
        if (sublayer) {
            message.putInt(at + cookieBytes, number == UNNUMBERED ? 0 : NUMBERED | number & NUMBERS);
        }
    }
}
