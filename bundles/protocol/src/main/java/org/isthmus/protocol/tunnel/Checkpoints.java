package org.isthmus.protocol.tunnel;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.isthmus.protocol.channel.ReliableChannel;

/** Takes a control connection apart into a {@link TunnelCheckpoint}, and puts another one together from it. */
final class Checkpoints {
    /** What follows when a message is acknowledged: nothing, the end, or that data may flow in the session of this identifier. */
    private static final long NOTHING = 0;
    private static final long LINGER = 1;
    private static final long DATA_MAY_FLOW = 1L << 32;
    private static final long SESSION_MASK = 0xffff_ffffL;

    private final ControlConnection connection;
    private final ReliableChannel<?> channel;
    private final Deadlines deadlines;
    private final Reception reception;
    private final TunnelObserver observer;
    private final Runnable linger;

    /** @param linger what follows when our StopCCN is acknowledged */
    Checkpoints(ControlConnection connection, ReliableChannel<?> channel, Deadlines deadlines, Reception reception,
            TunnelObserver observer, Runnable linger) {
        this.connection = connection;
        this.channel = channel;
        this.deadlines = deadlines;
        this.reception = reception;
        this.observer = observer;
        this.linger = linger;
    }

    TunnelCheckpoint checkpoint(long now) {
        Calls calls = connection.calls();
        return withoutCalls(now).with(calls.sessions().stream().map(session -> session.checkpoint(now)).toList(), calls.resting(now));
    }

    /** What does not grow with the calls that there are and were: it may be asked for after each message. */
    TunnelCheckpoint withoutCalls(long now) {
        TunnelConfig config = connection.config();
        Dialect dialect = connection.dialect();
        ToLongFunction<Runnable> tags = acknowledged -> acknowledged == linger ? LINGER
                : acknowledged instanceof DataMayFlow data ? DATA_MAY_FLOW | data.session().localId() & SESSION_MASK : NOTHING;
        return new TunnelCheckpoint(config.localTunnelId(), connection.remoteId(), connection.state(), dialect.version(),
                dialect.mayFallBack(connection.state()), config.tieBreaker(), config.allowReplyOverBudget(), connection.peer(),
                channel.checkpoint(tags, now), deadlines.checkpoint(now), reception.request(), reception.replySentAgo(now),
                reception.isHeard(), dialect.authentication().checkpoint(), dialect.challenge(), dialect.setup().phb(),
                dialect.setup().suggestion(), connection.failover().checkpoint(), List.of(), List.of(),
                connection.counters().checkpoint());
    }

    /** Into a connection that was just made with the state, the identifier and the request of before; says nothing to anybody. */
    void resume(TunnelCheckpoint before, long now) {
        connection.resumePeer(before.peer(), before.remoteId());
        connection.counters().resume(before.counters());
        connection.dialect().resume(before);
        connection.calls().resume(before, now);
        LongFunction<Runnable> acknowledged = tag -> tag == LINGER ? linger : tag == NOTHING ? () -> { }
                : connection.calls().session((int) tag).<Runnable>map(session -> new DataMayFlow(session, observer))
                        .orElse(() -> { });
        channel.resume(before.channel(), acknowledged, now);
        channel.acknowledgement(connection.dialect().messages().acknowledgement());
        deadlines.resume(before.deadlines(), now);
        reception.resume(before.replySentAgo(), before.heard(), now);
        connection.failover().resume(before.failover());
    }
}
