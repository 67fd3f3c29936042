package org.isthmus.ppp.handshake;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.isthmus.ppp.AuthConfig;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.auth.Verifier;
import org.isthmus.ppp.mppe.StartKeys;
import org.isthmus.ppp.negotiation.ControlPacket;
import org.isthmus.ppp.negotiation.DeafLine;
import org.junit.jupiter.api.Tag;

/** The packets of PAP and of the three kinds of CHAP, on both sides, whatever they hold. */
@Tag("fuzz")
class HandshakeFuzzTest extends DeafLine implements HandshakeOwner {
    private AuthenticationAttempt attempt;
    private int identifier;

    /** The first octet chooses protocol and side; the rest is a packet, whose identifier is made to fit. */
    @FuzzTest(maxDuration = "30s")
    void receive(byte[] data) {
        if (data.length < 3) {
            return;
        }
        AuthenticationProtocol protocol = AuthenticationProtocol.values()[data[0] & 3];
        boolean pap = protocol == AuthenticationProtocol.PAP;
        AuthConfig config = new AuthConfig(List.of(protocol), false, "lns",
                AuthConfig.Credentials.of("alice", "secret"), AuthConfig.Timers.DEFAULT);
        Handshake side;
        if ((data[0] & 4) == 0) {
            side = pap ? new PapAuthenticator(this, this) : new ChapAuthenticator(protocol, config, this, this);
        } else {
            side = pap ? new PapClient(config, this, this)
                    : new ChapClient(protocol, config, challenge -> challenge[0] == 0, this, this);
        }
        side.start();
        ByteBuffer packet = ByteBuffer.wrap(data, 1, data.length - 1).slice();
        packet.put(1, (byte) identifier);
        Optional<ControlPacket> parsed = ControlPacket.parse(packet);
        if (parsed.isEmpty()) {
            return;
        }
        side.receive(parsed.get());
        if (attempt != null && side instanceof AuthenticatorHandshake authenticator) {
            attempt.name();
            authenticator.judged(Verifier.judge(attempt, "secret"));
        }
        attempt = null;
        if (side.deadline() != Long.MAX_VALUE) {
            side.expire();
        }
        side.receive(ControlPacket.parse(packet).orElseThrow());
    }

    @Override
    public void send(int protocol, byte[] packet) {
        identifier = packet[1] & 0xff;
    }

    @Override
    public void attempt(AuthenticationAttempt made) {
        attempt = made;
    }

    @Override
    public void peerProved() {
    }

    @Override
    public void peerFailed(String why) {
    }

    @Override
    public void weProved(Optional<StartKeys> keys) {
    }

    @Override
    public void weFailed(String why) {
    }

    @Override
    public void peerSilent(String what) {
    }

    @Override
    public void judgeSilent(String what) {
    }
}
