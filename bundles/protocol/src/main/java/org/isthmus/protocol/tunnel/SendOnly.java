package org.isthmus.protocol.tunnel;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** The observer of a tunnel that lives for one answer. */
record SendOnly(Consumer<ByteBuffer> sender) implements TunnelObserver {
    @Override
    public void send(ByteBuffer datagram) {
        sender.accept(datagram);
    }

    @Override
    public void established(Tunnel tunnel, PeerFacts peer) {
    }

    @Override
    public void callReceived(Session session, IncomingCall call) {
    }

    @Override
    public void sessionEstablished(Session session, ConnectedCall call) {
    }

    @Override
    public void dataMayFlow(Session session) {
    }

    @Override
    public void sessionClosed(Session session, CloseCause cause) {
    }

    @Override
    public void closed(Tunnel tunnel, CloseCause cause) {
    }

    @Override
    public void finished(Tunnel tunnel) {
    }
}
