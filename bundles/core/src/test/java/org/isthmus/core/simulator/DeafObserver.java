package org.isthmus.core.simulator;

import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.tunnel.IncomingCall;
import org.isthmus.protocol.tunnel.PeerFacts;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.tunnel.TunnelObserver;

/** Does nothing about what a tunnel tells; for scripted peers that only send. */
interface DeafObserver extends TunnelObserver {
    @Override
    default void established(Tunnel tunnel, PeerFacts peer) {
    }

    @Override
    default void callReceived(Session session, IncomingCall call) {
    }

    @Override
    default void sessionEstablished(Session session, ConnectedCall call) {
    }

    @Override
    default void dataMayFlow(Session session) {
    }

    @Override
    default void sessionClosed(Session session, CloseCause cause) {
    }

    @Override
    default void closed(Tunnel tunnel, CloseCause cause) {
    }

    @Override
    default void finished(Tunnel tunnel) {
    }
}
