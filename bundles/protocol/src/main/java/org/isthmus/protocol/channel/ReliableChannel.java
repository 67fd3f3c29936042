package org.isthmus.protocol.channel;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.isthmus.protocol.channel.ChannelListener.Sending;
import org.isthmus.protocol.channel.SendQueue.Entry;

/**
 * Delivers control messages in order, once, both ways (RFC 2661 section 5.8 and Appendix A, RFC 3931 section 4.2).
 *
 * <p>Sending: a queue, of which the first messages count as being on their way. A timer runs for the
 * oldest; when it fires, only the oldest is sent again and the rest no longer counts as on its way, so that it
 * follows as acknowledgements open the window anew. Receiving: {@link #check} first, without any effect; then
 * {@link #acknowledge}, and {@link #arrived} or {@link #duplicate}. What is due goes out with {@link #flush} and
 * {@link #timeout}; acknowledgements wait for a message to ride on.
 *
 * @param <M> what is delivered
 */
public final class ReliableChannel<M> {

    /** Window of a peer that has not said its own (RFC 2661 section 4.4.3). */
    public static final int DEFAULT_WINDOW = 4;

    private static final int NS_OFFSET = 8;
    private static final int NR_OFFSET = 10;

    private final ChannelListener<M> listener;
    private final SendQueue queue = new SendQueue();
    private final ReceiveWindow<M> received;
    private ChannelConfig config;
    private ByteBuffer zlb;

    private final SendWindow window = new SendWindow();
    private final RetryTimer retries = new RetryTimer();
    /** While false nothing is sent but by {@link #repeatFirst}: the peer has not shown that it is there. */
    private boolean active;

    private final AckTimer acks = new AckTimer();
    private final Rewound rewound = new Rewound();

    /**
     * @param firstNr 0 for the originator of a tunnel, 1 for its receiver, which has the SCCRQ already
     * @param active  whether to send and to retransmit by itself from the start
     */
    public ReliableChannel(ChannelConfig config, int firstNr, boolean active, ChannelListener<M> listener) {
        this.config = config;
        this.active = active;
        this.listener = listener;
        this.received = new ReceiveWindow<>(config.receiveWindow(), firstNr);
    }

    /** Sets the message that only acknowledges: Ns and Nr are filled in. */
    public void acknowledgement(byte[] message) {
        zlb = ByteBuffer.wrap(message);
    }

    /** Sets the window that the peer advertised, 1 to 65535; ours caps it. */
    public void peerWindow(int messages) {
        window.peer(Math.min(messages, config.transmitWindow()));
    }

    /** Changes timers and retries; windows and the queue's limit stay. */
    public void reconfigure(long retryTimeoutMillis, int maxRetries, long ackDelayMillis) {
        config = new ChannelConfig(config.receiveWindow(), config.transmitWindow(), config.queueLimit(),
                retryTimeoutMillis, maxRetries, ackDelayMillis);
    }

    /** How long at least a message waits before the peer counts as unreachable, beyond all retries. */
    public void patience(long millis) {
        retries.patience(millis);
    }

    /** Goes on elsewhere: drops all that was not acknowledged, and all that came ahead of its turn. */
    public void reset(int firstNs, int firstNr, boolean activeFromHere) {
        stopSending();
        queue.reset(firstNs);
        window.reset();
        received.reset(firstNr);
        acks.sent();
        rewound.end();
        active = activeFromHere;
    }

    /** The peer is there: from now on sends and retransmits by itself. */
    public void activate(long nowMillis) {
        active = true;
        restartRetryTimer(nowMillis);
    }

    // Another object goes on

    /**
     * All of it at this moment.
     *
     * @param tagOf names what follows an acknowledgement
     */
    public ChannelCheckpoint checkpoint(ToLongFunction<Runnable> tagOf, long nowMillis) {
        return new ChannelCheckpoint(queue.una(), received.nr(), queue.checkpoint(tagOf), queue.sent(), queue.flight(), queue.behind(),
                window.checkpoint(), active, retries.checkpointDue(nowMillis), retries.checkpointWaitingSince(nowMillis),
                acks.checkpoint(nowMillis));
    }

    /**
     * Goes on where another object was; sends nothing.
     *
     * @param acknowledged what follows an acknowledgement, by its tag
     */
    public void resume(ChannelCheckpoint before, LongFunction<Runnable> acknowledged, long nowMillis) {
        received.resume(before.nr());
        before.queue().forEach(m -> queue.add(new Entry(m.datagram(), m.name(), acknowledged.apply(m.tag()), m.retries())));
        queue.resume(before);
        window.resume(before.window());
        active = before.active();
        retries.resume(before, queue.sent() > 0, nowMillis);
        acks.resume(before.acknowledgement(), nowMillis);
    }

    /**
     * After {@link #resume}: another object has gone on from the same checkpoint meanwhile. Until the peer has acknowledged all that is
     * in the queue nothing is put behind it, since the peer may take it for something that it has; so the last message in it should be one
     * whose loss does no harm.
     */
    public void rewind() {
        rewound.begin(queue.size());
    }

    /** Believes what the peer says of messages that the other object sent and had, after {@link #rewind}. To be called before {@link #check}. */
    public void catchUp(int ns, int peerNr, boolean isZlb, long nowMillis) {
        int count = queue.acknowledgedBy(peerNr);
        if (rewound.isBeyond(count, queue.sent())) {
            int ours = rewound.acknowledgedOf(count);
            queue.takeAsSent(ours);
            acknowledge(queue.ns(ours), nowMillis);
            queue.skip(count - ours);
        }
        if (!isZlb && rewound.isOldest(received.ahead(ns), received.size(), received.isHeld(ns))) {
            received.skipTo(ns);
            rewound.inTurn();
            deliverHeld();
        }
    }

    // Sending

    /**
     * Puts a message at the end of the queue; {@link #flush} sends it when its turn comes.
     *
     * @param datagram     the whole message; Ns and Nr are filled in
     * @param name         what it is, for an operator
     * @param acknowledged called once, when the peer has acknowledged it
     * @return false when the queue is full
     */
    public boolean send(byte[] datagram, String name, Runnable acknowledged) {
        if (queue.size() >= config.queueLimit()) {
            return false;
        }
        queue.add(new Entry(datagram, name, acknowledged));
        if (queue.sent() > 0 && queue.get(0).isProbe()) { // nobody shall wait for what may be lost on purpose
            endProbe(ProbeListener::spoiled);
        }
        return true;
    }

    /**
     * Sends a message as a probe of the path, and again in its usual size: a lost probe is no lost message, nor a congestion.
     *
     * @param datagram the whole message in its usual size
     * @param probe    the same message in the size to be probed
     * @param told     whether it arrived
     * @return false when that cannot be told apart now, since there are messages that were not acknowledged
     */
    public boolean probe(byte[] datagram, byte[] probe, String name, ProbeListener told, long nowMillis) {
        if (!active || queue.size() > 0) {
            return false;
        }
        queue.add(Entry.probing(datagram, probe, name, told));
        flush(nowMillis);
        return true;
    }

    private void endProbe(Consumer<ProbeListener> outcome) {
        ProbeListener told = queue.get(0).endProbe();
        transmit(0, Sending.AGAIN);
        outcome.accept(told);
    }

    /** Drops what was not sent yet, and sends this as the last message, as soon as the peer's window allows. */
    public void sendLast(byte[] datagram, String name, Runnable acknowledged) {
        queue.dropUnsent();
        queue.add(new Entry(datagram, name, acknowledged));
        window.open();
    }

    /** Sends this as the last message, once, and does not wait for its acknowledgement. */
    public void sendOnce(byte[] datagram) {
        queue.dropUnsent();
        queue.add(new Entry(datagram, "", () -> { }));
        queue.markInFlight(queue.size());
        transmit(queue.size() - 1, Sending.FIRST);
        stopSending();
    }

    /** Drops all that was not acknowledged; only acknowledgements are sent from now on. */
    public void stopSending() {
        queue.drop(2 * config.transmitWindow());
        retries.never();
        rewound.end();
    }

    /** Sends what the window allows. */
    public void flush(long nowMillis) {
        while (active && queue.flight() < rewound.sendable(queue.size()) && window.admits(queue.flight())) {
            int index = queue.flight();
            boolean again = index < queue.sent();
            queue.markInFlight(index + 1);
            if (index == 0) {
                restartRetryTimer(nowMillis);
            }
            transmit(index, again ? Sending.AGAIN : Sending.FIRST);
        }
    }

    /** Sends the first message, for the first time or again, whatever the timers say; no timer is started. */
    public void repeatFirst() {
        if (queue.size() > 0) {
            Sending sending = queue.sent() > 0 ? Sending.AGAIN : Sending.FIRST;
            queue.markInFlight(1);
            transmit(0, sending);
        }
    }

    /** Does what is due: retransmits, acknowledges. */
    public void timeout(long nowMillis) {
        if (retries.due() <= nowMillis) {
            retry(nowMillis);
        }
        if (acks.due() <= nowMillis) {
            sendZlb(nowMillis);
        }
    }

    /** When {@link #timeout} is due; Long.MAX_VALUE for never. */
    public long nextTimeoutMillis() {
        return Math.min(retries.due(), acks.due());
    }

    private void retry(long nowMillis) {
        Entry first = queue.get(0);
        if (first.isProbe()) {
            retries.probeLost(config, nowMillis);
            endProbe(ProbeListener::lost);
            return;
        }
        if (retries.isExhausted(config, first.retries, nowMillis)) {
            stopSending();
            acks.never();
            active = false;
            listener.unreachable(first.name);
            return;
        }
        retries.again(config, first.retries, nowMillis);
        first.retries++;
        window.lost();
        queue.lost();
        transmit(0, Sending.AGAIN);
    }

    private void transmit(int index, Sending sending) {
        Entry entry = queue.get(index);
        ByteBuffer datagram = ByteBuffer.wrap(entry.octets());
        datagram.putShort(NS_OFFSET, (short) queue.ns(index));
        datagram.putShort(NR_OFFSET, (short) received.nr());
        if (!entry.isProbe()) { // no acknowledgement rides on what may be lost on purpose
            acks.sent();
        }
        listener.transmit(datagram, entry.isProbe() ? Sending.PROBE : sending);
    }

    private void sendZlb(long nowMillis) {
        acks.expired(nowMillis);
        zlb.putShort(NS_OFFSET, (short) queue.ns(queue.sent()));
        zlb.putShort(NR_OFFSET, (short) received.nr());
        acks.sent();
        listener.transmit(zlb.duplicate(), Sending.ZLB);
    }

    private void restartRetryTimer(long nowMillis) {
        retries.restart(config, queue, nowMillis);
        if (!active) {
            retries.never();
        }
    }

    // Receiving

    /** What the sequence numbers say. Changes nothing. */
    public Arrival check(int ns, int peerNr, boolean isZlb) {
        if (isZlb ? !received.admitsZlb(ns) : !received.admits(ns)) {
            return Arrival.NS_OUT_OF_WINDOW;
        }
        if (!queue.admits(peerNr)) {
            return Arrival.NR_OUT_OF_WINDOW;
        }
        return isZlb ? Arrival.ACKNOWLEDGEMENT : received.has(ns) ? Arrival.DUPLICATE : Arrival.NEW;
    }

    /** Takes the Nr of a message that passed {@link #check}. */
    public void acknowledge(int peerNr, long nowMillis) {
        int count = queue.acknowledgedBy(peerNr);
        if (count == 0 || count > queue.sent()) {
            return;
        }
        Entry[] acknowledged = queue.acknowledge(count, config.transmitWindow());
        rewound.acknowledged(count);
        window.acknowledged(count);
        restartRetryTimer(nowMillis);
        for (Entry entry : acknowledged) {
            if (entry.isProbe()) {
                entry.endProbe().arrived();
            }
            entry.acknowledged.run();
        }
    }

    /** Takes a message that {@link #check} called new; delivers it and those after it whose turn has come. */
    public void arrived(int ns, M message, long nowMillis) {
        received.put(ns, message);
        acks.arrived(config, nowMillis);
        if (ns == received.nr()) {
            rewound.inTurn();
        }
        deliverHeld();
    }

    private void deliverHeld() {
        for (M next = received.next(); next != null; next = received.next()) {
            listener.deliver(next);
        }
    }

    /** A duplicate came: it is acknowledged again, but not more often than every 100 milliseconds. */
    public void duplicate(long nowMillis) {
        acks.duplicate(config, nowMillis);
    }

    // Looking in

    /** Whether the peer counts as being there: see {@link #activate}. */
    public boolean isActive() {
        return active;
    }

    /** True when every message is acknowledged. */
    public boolean isIdle() {
        return queue.size() == 0;
    }

    /** Sequence number of the next new message. */
    public int ns() {
        return queue.ns(queue.size());
    }

    /** Sequence number expected from the peer. */
    public int nr() {
        return received.nr();
    }

    /** What the peer expects next. */
    public int acknowledged() {
        return queue.una();
    }

    /** Messages sent and not acknowledged, whether they still count as on their way or not. */
    public int outstanding() {
        return queue.sent();
    }

    /** Whether the peer has let a message wait so long that it was sent again. */
    public boolean isRepeating() {
        return queue.sent() > 0 && queue.get(0).retries > 0;
    }

    /** How many messages may be on their way. */
    public SendWindow window() {
        return window;
    }

    /** Messages not acknowledged, sent or waiting. */
    public int queued() {
        return queue.size();
    }

    /** From the first transmission of a message to giving it up. */
    public long fullCycleMillis() {
        return config.fullCycleMillis();
    }
}
