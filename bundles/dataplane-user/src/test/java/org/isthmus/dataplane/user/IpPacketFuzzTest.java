package org.isthmus.dataplane.user;

import com.code_intelligence.jazzer.junit.FuzzTest;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;

import java.nio.ByteBuffer;

/** Whatever an IP packet holds, reading it stays within it, and clamping changes nothing but a segment size and a checksum. */
class IpPacketFuzzTest {

    @Tag("fuzz")
    @FuzzTest(maxDuration = "30s")
    void anyPacket(byte[] bytes) {
        read(bytes);
    }

    @Property(tries = 2_000)
    void anyBytes(@ForAll @Size(max = 120) byte[] bytes) {
        read(bytes);
    }

    private static void read(byte[] bytes) {
        ByteBuffer packet = ByteBuffer.wrap(bytes.clone());
        int version = IpPacket.version(packet, 0, packet.limit());
        int length = IpPacket.length(packet, 0, packet.limit());
        if (length < 0) {
            return;
        }
        if (length > bytes.length || version != 4 && version != 6) {
            throw new AssertionError("version " + version + " length " + length);
        }
        IpPacket.sourceHigh(packet, 0, version);
        IpPacket.sourceLow(packet, 0, version);
        IpPacket.destinationHigh(packet, 0, version);
        IpPacket.destinationLow(packet, 0, version);
        boolean changed = MssClamp.apply(packet, 0, length, version, 1400);
        int differences = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != packet.get(i)) {
                differences++;
                if (i >= length) {
                    throw new AssertionError("changed behind the packet's end");
                }
            }
        }
        if (differences > 4 || !changed && differences > 0) {
            throw new AssertionError(differences + " bytes changed");
        }
    }
}
