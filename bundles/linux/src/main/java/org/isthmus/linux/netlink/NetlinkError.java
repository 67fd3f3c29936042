package org.isthmus.linux.netlink;

import org.isthmus.linux.LinuxException;

/**
 * NLMSG_ERROR and the error that ends a dump:
 *
 * <pre>
 * error   s32 errno (negative), the 16 bytes of the request's header, the rest of the request unless CAPPED, then attributes if TLVS
 * done    s32 errno (negative), then attributes if TLVS
 * </pre>
 */
final class NetlinkError {

    private static final int CAPPED = 0x100;
    private static final int TLVS = 0x200;
    private static final int MESSAGE = 1;

    private NetlinkError() {
    }

    static LinuxException read(String what, NetlinkReader answer) {
        return new LinuxException(what, -answer.u32(0), text(answer));
    }

    private static String text(NetlinkReader answer) {
        if ((answer.flags() & TLVS) == 0) {
            return "";
        }
        int fixed = 4;
        if (answer.type() == NetlinkReader.ERROR) {
            int requestBytes = answer.u32(4);
            boolean capped = (answer.flags() & CAPPED) != 0 || requestBytes < NetlinkWriter.HEADER_BYTES
                    || requestBytes > answer.payloadBytes() - 4;
            fixed += capped ? NetlinkWriter.HEADER_BYTES : requestBytes;
        }
        NetlinkAttributes attributes = answer.attributes(fixed);
        while (attributes.next()) {
            if (attributes.type() == MESSAGE) {
                return attributes.text();
            }
        }
        return "";
    }
}
