package org.isthmus.protocol.wire;

/**
 * Call Errors AVP of a WEN (RFC 2661 section 4.4.6): a reserved field (2), then six counters of 4 octets, all
 * since the call was established.
 *
 * @param crc        frames with CRC errors
 * @param framing    frames improperly framed
 * @param hardware   receive buffer overruns
 * @param buffer     buffer overruns
 * @param timeout    time-outs
 * @param alignment  alignment errors
 */
public record CallErrors(long crc, long framing, long hardware, long buffer, long timeout, long alignment) {
}
