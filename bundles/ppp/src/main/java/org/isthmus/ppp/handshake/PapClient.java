package org.isthmus.ppp.handshake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.isthmus.ppp.AuthConfig;
import org.isthmus.ppp.PppCounter;
import org.isthmus.ppp.PppProtocol;
import org.isthmus.ppp.negotiation.ControlPacket;
import org.isthmus.ppp.negotiation.Line;

/** PAP as the client, RFC 1334 section 2: repeats the Authenticate-Request until it is answered. */
public final class PapClient implements Handshake {
    private final AuthConfig config;
    private final Line line;
    private final HandshakeOwner owner;
    private int sent;
    private int identifier;
    private boolean over;
    private long deadline = Long.MAX_VALUE;

    public PapClient(AuthConfig config, Line line, HandshakeOwner owner) {
        this.config = config;
        this.line = line;
        this.owner = owner;
    }

    @Override
    public void start() {
        identifier = line.random().nextInt(256);
        send();
    }

    /** "The Identifier field MUST be changed each time an Authenticate-Request packet is issued" (section 2.2.1). */
    private void send() {
        sent++;
        identifier = identifier + 1 & 0xff;
        deadline = line.now() + config.timers().papRestart().toMillis();
        byte[] name = config.credentials().name().getBytes(StandardCharsets.UTF_8);
        byte[] password = config.credentials().password().getBytes(StandardCharsets.UTF_8);
        line.send(PppProtocol.PAP, ControlPacket.encode(PapAuthenticator.REQUEST, identifier,
                ByteBuffer.allocate(2 + name.length + password.length)
                        .put((byte) name.length).put(name)
                        .put((byte) password.length).put(password)
                        .array()));
    }

    @Override
    public void receive(ControlPacket packet) {
        // An answer to any of our requests will do: they all say the same.
        if (over || (identifier - packet.identifier() & 0xff) >= sent) {
            line.count(PppCounter.RX_UNEXPECTED_ANSWER);
            return;
        }
        over = true;
        deadline = Long.MAX_VALUE;
        if (packet.code() == PapAuthenticator.ACK) {
            owner.weProved(Optional.empty());
        } else {
            String message = message(packet);
            owner.weFailed("the peer refuses name '" + config.credentials().name() + "' and its password by PAP"
                    + (message.isEmpty() ? "" : ": " + message));
        }
    }

    /** A length (1 octet) and text; some peers leave the length out, so take what is there. */
    private static String message(ControlPacket packet) {
        byte[] data = packet.bytes();
        if (data.length == 0) {
            return "";
        }
        int length = Math.min(data[0] & 0xff, data.length - 1);
        return ControlPacket.printable(Arrays.copyOfRange(data, 1, 1 + length));
    }

    @Override
    public long deadline() {
        return deadline;
    }

    @Override
    public void expire() {
        deadline = Long.MAX_VALUE;
        if (sent < config.timers().papMaxRequests()) {
            send();
        } else {
            over = true;
            owner.judgeSilent("the peer did not answer " + sent + " PAP Authenticate-Requests");
        }
    }
}
