package org.isthmus.ppp.ncp;

import org.isthmus.ppp.Network;
import org.isthmus.ppp.NetworkFamily;
import org.isthmus.ppp.Retry;
import org.isthmus.ppp.negotiation.Automaton;
import org.isthmus.ppp.negotiation.ControlPacket;
import org.isthmus.ppp.negotiation.Ending;
import org.isthmus.ppp.negotiation.Line;
import org.isthmus.ppp.negotiation.NegotiatedProtocol;

/** What the network control protocols have in common: they know no codes but those of the automaton. */
public abstract class Ncp implements NegotiatedProtocol {
    private final NetworkFamily family;
    private final NcpOwner owner;
    private final Automaton automaton;
    private String failure = "";

    Ncp(NetworkFamily family, Retry retry, Line line, NcpOwner owner) {
        this.family = family;
        this.owner = owner;
        this.automaton = new Automaton(family.controlProtocol(), retry, line, this);
    }

    public NetworkFamily family() {
        return family;
    }

    public Automaton automaton() {
        return automaton;
    }

    /** Begins open, with what its configuration says of both ends. */
    public final void adopt() {
        begin();
        agreed();
        automaton.adopt();
    }

    /** The peer has what the configuration has for it. */
    abstract void agreed();

    int mtu() {
        return owner.mtu();
    }

    /** Why what was agreed on is of no use, empty if it is. */
    abstract String objection();

    /** Notes why there is no way on, for the operator. */
    boolean fail(String why) {
        failure = why;
        return false;
    }

    /** What was agreed on. */
    public abstract Network network();

    @Override
    public final void up() {
        failure = objection();
        if (failure.isEmpty()) {
            owner.ncpUp(network());
        } else {
            owner.ncpUnusable(family);
        }
    }

    @Override
    public final void down() {
        owner.ncpDown(family);
    }

    @Override
    public final void finished(Ending ending) {
        owner.ncpFinished(family, ending, failure);
    }

    @Override
    public final boolean extension(ControlPacket packet, boolean opened) {
        return false;
    }

    @Override
    public final void extensionRejected(int code) {
    }
}
