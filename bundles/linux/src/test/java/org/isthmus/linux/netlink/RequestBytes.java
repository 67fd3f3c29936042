package org.isthmus.linux.netlink;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Requests as they are sent, for tests of other packages. */
public final class RequestBytes {
    private static final int REQUEST = 1;
    private static final int ACK = 4;

    private RequestBytes() {
    }

    /** In hexadecimal digits, as the first request of a socket. */
    public static String of(NetlinkRequest request) {
        ByteBuffer out = ByteBuffer.allocate(4096);
        new NetlinkWriter(out).message(request.type(), request.flags() | REQUEST | ACK, 1, request.body());
        return HexFormat.of().formatHex(out.array(), 0, out.position());
    }

    /** The same as the kernel's answer, which repeats what was asked for. */
    public static NetlinkReader echoed(NetlinkRequest request) {
        NetlinkReader reader = new NetlinkReader(ByteBuffer.wrap(HexFormat.of().parseHex(of(request))));
        reader.next();
        return reader;
    }
}
