package org.isthmus.ppp.handshake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.isthmus.ppp.PppCounter;
import org.isthmus.ppp.PppProtocol;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationVerdict;
import org.isthmus.ppp.auth.AuthenticationVerdict.Accept;
import org.isthmus.ppp.auth.AuthenticationVerdict.Reject;
import org.isthmus.ppp.auth.CollectedProof;
import org.isthmus.ppp.auth.MsChapFailure;
import org.isthmus.ppp.negotiation.ControlPacket;
import org.isthmus.ppp.negotiation.Line;

/** PAP as the authenticator, RFC 1334 section 2: waits for Authenticate-Requests and answers them. */
public final class PapAuthenticator implements AuthenticatorHandshake {
    public static final int REQUEST = 1;
    static final int ACK = 2;
    static final int NAK = 3;

    private final Line line;
    private final HandshakeOwner owner;
    private boolean judging;
    private int identifier;
    private int tries;
    private int replyCode;
    private String replyMessage = "";

    public PapAuthenticator(Line line, HandshakeOwner owner) {
        this.line = line;
        this.owner = owner;
    }

    @Override
    public void start() {
        // The peer speaks first.
    }

    @Override
    public void startFrom(CollectedProof proof) {
        identifier = proof.identifier();
        judging = true;
        owner.attempt(proof.attempt());
    }

    @Override
    public int identifier() {
        return identifier;
    }

    @Override
    public void receive(ControlPacket packet) {
        ByteBuffer data = packet.data();
        byte[] name = counted(data);
        byte[] password = counted(data);
        if (name == null || password == null) {
            line.count(PppCounter.RX_MALFORMED);
            return;
        }
        identifier = packet.identifier();
        if (judging) {
            // A repetition: the answer will carry its identifier.
            return;
        }
        if (replyCode == ACK) {
            // "MUST return the same reply Code" (section 2.2.1): the Ack was lost.
            reply();
            return;
        }
        judging = true;
        owner.attempt(new AuthenticationAttempt.Pap(name, password));
    }

    /** A length (1 octet) and so many octets; null if there are fewer. */
    private static byte[] counted(ByteBuffer data) {
        if (!data.hasRemaining()) {
            return null;
        }
        int length = data.get() & 0xff;
        if (length > data.remaining()) {
            return null;
        }
        byte[] octets = new byte[length];
        data.get(octets);
        return octets;
    }

    @Override
    public void judged(AuthenticationVerdict verdict) {
        if (!judging) {
            return;
        }
        judging = false;
        if (verdict instanceof Accept accept) {
            replyCode = ACK;
            replyMessage = accept.message();
            reply();
            owner.peerProved();
        } else if (verdict instanceof Reject reject) {
            replyCode = NAK;
            replyMessage = reject.message();
            reply();
            if (!reject.retryAllowed() || ++tries >= MsChapFailure.MAX_TRIES) {
                owner.peerFailed(reject.message());
            }
        }
    }

    private void reply() {
        byte[] message = replyMessage.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(message.length, 255);
        byte[] data = new byte[1 + length];
        data[0] = (byte) length;
        System.arraycopy(Arrays.copyOf(message, length), 0, data, 1, length);
        line.send(PppProtocol.PAP, ControlPacket.encode(replyCode, identifier, data));
    }

    @Override
    public long deadline() {
        return Long.MAX_VALUE;
    }

    @Override
    public void expire() {
    }
}
