package org.isthmus.protocol.tunnel;

import org.isthmus.protocol.channel.ProbeListener;

/** Tells a tunnel's observer what became of a probe of its path. */
record PathProbe(Tunnel tunnel, TunnelObserver observer) implements ProbeListener {

    @Override
    public void arrived() {
        observer.probed(tunnel, ProbeOutcome.ARRIVED);
    }

    @Override
    public void lost() {
        observer.probed(tunnel, ProbeOutcome.LOST);
    }

    @Override
    public void spoiled() {
        observer.probed(tunnel, ProbeOutcome.UNKNOWN);
    }
}
