package org.isthmus.linux.l2tp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.isthmus.linux.netlink.GenericFamily;
import org.isthmus.linux.netlink.NetlinkReader;
import org.junit.jupiter.api.Tag;

import java.nio.ByteBuffer;
import java.util.Map;

/** Whatever a message holds, reading it ends and throws nothing. */
@Tag("fuzz")
class L2tpAnswersFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void readsWhateverTheKernelSays(byte[] message) {
        L2tpFamily l2tp = new L2tpFamily(new GenericFamily("l2tp", 0x1c, Map.of()));
        NetlinkReader reader = new NetlinkReader(ByteBuffer.wrap(message));
        while (reader.next()) {
            l2tp.isDeletion(reader);
            l2tp.tunnelId(reader);
            l2tp.sessionInfo(reader).ifPresent(info -> assertTrue(info.sessionId() != 0));
        }
    }
}
