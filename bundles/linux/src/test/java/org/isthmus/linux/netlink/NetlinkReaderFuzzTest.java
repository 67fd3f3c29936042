package org.isthmus.linux.netlink;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

import java.nio.ByteBuffer;

/** Whatever stands in a buffer, reading it as netlink neither throws nor loops. */
@Tag("fuzz")
class NetlinkReaderFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void anyBytes(byte[] bytes) {
        walk(bytes);
    }

    static void walk(byte[] bytes) {
        NetlinkReader messages = new NetlinkReader(ByteBuffer.wrap(bytes));
        messages.type();
        int walked = 0;
        while (messages.next()) {
            if (++walked > bytes.length) {
                throw new AssertionError("more messages than bytes");
            }
            RouteAnswers.link(messages);
            RouteAnswers.address(messages);
            RouteAnswers.route(messages);
            GenericFamily.read(messages);
            NetlinkError.read("", messages);
            walk(messages.attributes(16), 4);
        }
        messages.payloadBytes();
    }

    private static void walk(NetlinkAttributes attributes, int depth) {
        while (attributes.next()) {
            attributes.u8();
            attributes.u16();
            attributes.u32();
            attributes.u64();
            attributes.text();
            if (depth > 0) {
                walk(attributes.nested(), depth - 1);
            }
        }
        attributes.bytes();
    }
}
