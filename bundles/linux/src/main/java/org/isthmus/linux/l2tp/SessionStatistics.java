package org.isthmus.linux.l2tp;

import org.isthmus.linux.netlink.NetlinkAttributes;

/**
 * What has passed in a session. Bytes count the L2TP header, not those of UDP and IP.
 *
 * @param txPackets packets sent
 * @param txBytes their bytes
 * @param txErrors packets that could not be sent
 * @param rxPackets packets received
 * @param rxBytes their bytes
 * @param rxErrors packets dropped for any reason, wrong cookies among them
 * @param rxSequenceDiscards packets dropped for their sequence number, or for lack of one
 * @param rxOutOfSequence packets that came out of order
 * @param rxCookieDiscards packets dropped for their cookie
 */
public record SessionStatistics(long txPackets, long txBytes, long txErrors, long rxPackets, long rxBytes, long rxErrors,
        long rxSequenceDiscards, long rxOutOfSequence, long rxCookieDiscards) {

    public static final SessionStatistics NONE = new SessionStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static final int FIELDS = 10;

    /** Attributes 1 to 8 and 10, 64 bits each; 9 is padding, and 11 is of tunnels only. */
    static SessionStatistics read(NetlinkAttributes attributes) {
        long[] value = new long[FIELDS + 1];
        while (attributes.next()) {
            if (attributes.type() <= FIELDS) {
                value[attributes.type()] = attributes.u64();
            }
        }
        return new SessionStatistics(value[1], value[2], value[3], value[4], value[5], value[8], value[6], value[7], value[10]);
    }
}
