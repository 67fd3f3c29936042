package org.isthmus.ppp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.auth.Verifier;
import org.isthmus.ppp.mppe.MppeStrength;
import org.junit.jupiter.api.Tag;

/** A link that is sent anything: it never throws, never rests forever and never sends much more than it receives. */
@Tag("fuzz")
class LinkFuzzTest {

    /** The first octet chooses the link and its phase; then come frames, each after its length (1 octet). */
    @FuzzTest(maxDuration = "30s")
    void receive(byte[] data) {
        if (data.length == 0) {
            return;
        }
        ByteBuffer input = ByteBuffer.wrap(data);
        int kind = input.get() & 0xff;
        Bench bench = bench(kind);
        int frames = 0;
        while (input.hasRemaining()) {
            int length = Math.min(input.get() & 0xff, input.remaining());
            if (length == 0) {
                bench.pass(3_000);
                continue;
            }
            byte[] frame = new byte[length];
            input.get(frame);
            bench.feed(HexFormat.of().formatHex(frame));
            frames++;
        }
        bench.link.close("", bench.now);
        bench.pass(60_000);
        assertTrue(bench.reason != null);
        assertTrue(bench.sent.size() < 40 + 4 * frames + 2 * data.length);
    }

    private static Bench bench(int kind) {
        AuthenticationProtocol protocol = AuthenticationProtocol.values()[kind >> 2 & 3];
        PppConfig config = switch (kind & 3) {
            case 0 -> Fixtures.server(protocol);
            case 1 -> Fixtures.client("alice", "secret");
            default -> Fixtures.open(Fixtures.LOCAL, Fixtures.REMOTE).withIpv6(Ipv6Config.ON);
        };
        boolean multilink = (kind & 0x20) != 0;
        MppeConfig mppe = MppeConfig.require(MppeStrength.BITS_128, MppeStrength.BITS_40).with(MppeConfig.State.ALLOWED);
        PppConfig bundled = multilink ? config.withLink(MultilinkTest.config(true).link()) : config;
        Bench bench = new Bench((kind & 0x40) != 0 ? bundled.withMppe(mppe) : bundled);
        bench.bundles = multilink;
        bench.judge = attempt -> Verifier.judge(attempt, "secret");
        bench.open();
        if ((kind & 0x10) != 0) {
            boolean chap = protocol.algorithm() >= 0;
            String proof = (kind & 3) != 1 ? "" : chap ? String.format("0305c223%02x", protocol.algorithm()) : "0304c023";
            bench.openLcp(multilink ? proof + "110405dc" + "1307020a000001" : proof);
        }
        return bench;
    }
}
