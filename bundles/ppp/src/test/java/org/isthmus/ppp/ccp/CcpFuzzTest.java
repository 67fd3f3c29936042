package org.isthmus.ppp.ccp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import org.isthmus.ppp.MppeConfig;
import org.isthmus.ppp.Retry;
import org.isthmus.ppp.mppe.Encryption;
import org.isthmus.ppp.mppe.MppeStrength;
import org.isthmus.ppp.mppe.StartKeys;
import org.isthmus.ppp.negotiation.ControlPacket;
import org.isthmus.ppp.negotiation.DeafLine;
import org.isthmus.ppp.negotiation.Ending;
import org.junit.jupiter.api.Tag;

/** A CCP that is sent anything: it never throws, agrees to nothing that is not allowed, and says little more than it is told. */
@Tag("fuzz")
class CcpFuzzTest extends DeafLine implements CcpOwner {
    private MppeConfig config;
    private Ccp ccp;
    private int sent;

    /** The first octet chooses what is allowed; then come packets, each after its length (1 octet). Answers to our requests get their identifier. */
    @FuzzTest(maxDuration = "30s")
    void receive(byte[] data) {
        if (data.length == 0) {
            return;
        }
        sent = 0; // one object takes all inputs
        ByteBuffer input = ByteBuffer.wrap(data);
        int kind = input.get() & 0xff;
        EnumSet<MppeStrength> allowed = EnumSet.of(MppeStrength.values()[kind % 3], MppeStrength.BITS_40);
        config = new MppeConfig(true, allowed, MppeConfig.State.values()[(kind >> 6) % 3], Retry.DEFAULT);
        ccp = new Ccp(config, allowed, StartKeys.of(new byte[16], new byte[16]), this, this);
        ccp.automaton().open();
        ccp.automaton().up();
        int packets = 0;
        while (input.hasRemaining()) {
            byte[] packet = new byte[Math.min(input.get() & 0xff, input.remaining())];
            input.get(packet);
            ControlPacket.parse(ByteBuffer.wrap(packet)).ifPresent(ccp.automaton()::receive);
            now += 300;
            ccp.reset(packet.length % 2 == 0);
            packets++;
        }
        assertTrue(sent <= 3 * packets + 2, sent + " packets for " + packets);
    }

    @Override
    public void ccpUp() {
        Encryption agreed = ccp.agreed();
        for (Encryption.Way way : new Encryption.Way[] {agreed.send(), agreed.receive()}) {
            assertTrue(config.strengths().contains(way.strength()));
            assertTrue(way.stateless() || config.state() != MppeConfig.State.NEVER);
        }
    }

    @Override
    public void ccpUnusable() {
    }

    @Override
    public void ccpDown() {
    }

    @Override
    public void ccpFinished(Ending ending, String detail) {
    }

    @Override
    public void send(int protocol, byte[] packet) {
        sent++;
        assertTrue(packet.length >= 4);
    }
}
