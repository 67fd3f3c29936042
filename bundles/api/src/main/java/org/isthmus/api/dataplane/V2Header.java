package org.isthmus.api.dataplane;

/**
 * The header of L2TPv2 (RFC 2661 3.1).
 *
 * @param useLength   whether we send the length field
 * @param offset      padding behind the header, 0 to 255 bytes
 * @param usePriority whether PPP control frames are sent with the priority bit
 */
public record V2Header(boolean useLength, int offset, boolean usePriority) implements Header {
    /** Nothing but the identifiers. */
    public static final V2Header PLAIN = new V2Header(false, 0, false);
}
