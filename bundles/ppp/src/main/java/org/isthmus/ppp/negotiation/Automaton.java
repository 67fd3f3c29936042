package org.isthmus.ppp.negotiation;

import static org.isthmus.ppp.negotiation.State.*;

import java.util.List;
import java.util.Optional;
import org.isthmus.ppp.PppCounter;
import org.isthmus.ppp.Retry;

/**
 * The option negotiation automaton of RFC 1661 section 4. Read its transition table (section 4.1) beside this class:
 * the methods are its events, in the RFC's order.
 *
 * <p>Three things are stricter than the table. An answer counts only once, so that a copy of it, or a late one, does
 * not take an open protocol down (footnote x never applies). A negotiation that takes more than
 * {@value #MAX_ROUNDS} Configure packets is given up, and so is a protocol that the peer takes down and negotiates
 * anew more than {@value #MAX_RENEGOTIATIONS} times in {@value #RENEGOTIATION_WINDOW_MILLIS} ms.
 */
public final class Automaton {
    static final int MAX_ROUNDS = 200;
    static final int MAX_RENEGOTIATIONS = 10;
    static final long RENEGOTIATION_WINDOW_MILLIS = 60_000;

    private final Retry retry;
    private final Line line;
    private final NegotiatedProtocol owner;
    private final PacketSender packets;
    private final ConfigureExchange exchange;
    private final RateLimit renegotiations = new RateLimit(MAX_RENEGOTIATIONS, RENEGOTIATION_WINDOW_MILLIS);

    private State state = INITIAL;
    private Ending ending = Ending.CLOSED;
    private long deadline = Long.MAX_VALUE;
    private int restartCount;
    private String closeText = "";
    private boolean peerTerminated;
    private String peerText = "";

    /**
     * @param protocol the PPP protocol number under which the packets travel
     * @param retry counts and interval
     * @param line what is below
     * @param owner whose options are negotiated
     */
    public Automaton(int protocol, Retry retry, Line line, NegotiatedProtocol owner) {
        this.retry = retry;
        this.line = line;
        this.owner = owner;
        this.packets = new PacketSender(protocol, line);
        this.exchange = new ConfigureExchange(retry, line, owner);
    }

    public State state() {
        return state;
    }

    public boolean isOpened() {
        return state == OPENED;
    }

    /** When {@link #expire} wants to be called, {@link Long#MAX_VALUE} for never. */
    public long deadline() {
        return deadline;
    }

    /** Whether the peer has sent a Terminate-Request. */
    public boolean peerTerminated() {
        return peerTerminated;
    }

    /** What the peer said in its last Terminate-Request, empty if nothing. */
    public String peerText() {
        return peerText;
    }

    /** An identifier for a packet that we originate. */
    public int nextIdentifier() {
        return packets.nextIdentifier();
    }

    /** Both sides agreed through another end: begins in Opened, once, instead of {@link #open} and {@link #up}. */
    public void adopt() {
        if (state == INITIAL) {
            opened();
        }
    }

    /** Up: the layer below is ready. */
    public void up() {
        switch (state) {
            case INITIAL -> state = CLOSED;
            case STARTING -> startNegotiation();
            default -> { }
        }
    }

    /** Down: the layer below is gone. */
    public void down() {
        State before = state;
        deadline = Long.MAX_VALUE;
        switch (before) {
            case INITIAL, STARTING -> { }
            case CLOSED, CLOSING -> state = INITIAL;
            default -> state = STARTING;
        }
        if (before == OPENED) {
            owner.down();
        }
    }

    /** Open: begin as soon as the layer below is up. */
    public void open() {
        switch (state) {
            case INITIAL -> state = STARTING;
            case CLOSED -> startNegotiation();
            case CLOSING -> state = STOPPING;
            default -> { }
        }
    }

    /**
     * Close.
     *
     * @param text for the peer, inside of the Terminate-Request
     */
    public void close(String text) {
        close(Ending.CLOSED, text);
    }

    private void close(Ending why, String text) {
        closeText = text;
        switch (state) {
            case STARTING -> {
                ending = why;
                state = INITIAL;
                owner.finished(ending);
            }
            case STOPPED -> state = CLOSED;
            case STOPPING -> state = CLOSING;
            case REQUEST_SENT, ACK_RECEIVED, ACK_SENT -> {
                ending = why;
                state = CLOSING;
                startTerminating();
            }
            case OPENED -> {
                ending = why;
                state = CLOSING;
                owner.down();
                startTerminating();
            }
            default -> { }
        }
    }

    /** The restart timer ran out: TO+ or TO-. */
    public void expire() {
        deadline = Long.MAX_VALUE;
        if (restartCount > 0) {
            switch (state) {
                case CLOSING, STOPPING -> sendTerminateRequest();
                case REQUEST_SENT, ACK_SENT -> sendConfigureRequest();
                case ACK_RECEIVED -> {
                    state = REQUEST_SENT;
                    sendConfigureRequest();
                }
                default -> { }
            }
            return;
        }
        switch (state) {
            case CLOSING -> finish(CLOSED, ending);
            case STOPPING -> finish(STOPPED, ending);
            case REQUEST_SENT, ACK_RECEIVED, ACK_SENT -> finish(STOPPED, Ending.NO_ANSWER);
            default -> { }
        }
    }

    /** A packet of this protocol arrived. */
    public void receive(ControlPacket packet) {
        if (state == INITIAL || state == STARTING) {
            line.count(PppCounter.RX_OUT_OF_PHASE);
            return;
        }
        switch (packet.code()) {
            case ControlPacket.CONFIGURE_REQUEST -> receiveConfigureRequest(packet);
            case ControlPacket.CONFIGURE_ACK -> receiveConfigureAck(packet);
            case ControlPacket.CONFIGURE_NAK, ControlPacket.CONFIGURE_REJECT -> receiveConfigureNak(packet);
            case ControlPacket.TERMINATE_REQUEST -> receiveTerminateRequest(packet);
            case ControlPacket.TERMINATE_ACK -> receiveTerminateAck();
            case ControlPacket.CODE_REJECT -> receiveCodeReject(packet);
            default -> {
                if (!owner.extension(packet, isOpened())) {
                    line.count(PppCounter.RX_UNKNOWN_CODE);
                    packets.codeReject(packet);
                }
            }
        }
    }

    private void receiveConfigureRequest(ControlPacket packet) {
        Optional<List<Option>> options = exchange.options(packet);
        if (options.isEmpty()) {
            return;
        }
        switch (state) {
            case CLOSED -> packets.terminateAck(packet);
            case CLOSING, STOPPING -> { }
            case STOPPED -> {
                startNegotiation();
                answer(packet, options.get());
            }
            case OPENED -> {
                if (takeDown()) {
                    startNegotiation();
                    answer(packet, options.get());
                }
            }
            default -> answer(packet, options.get());
        }
    }

    /** RCR+ or RCR- while negotiating. */
    private void answer(ControlPacket packet, List<Option> options) {
        if (tooManyRounds()) {
            return;
        }
        boolean acknowledged = exchange.answer(packet, options, packets);
        if (state == ACK_RECEIVED) {
            if (acknowledged) {
                opened();
            }
        } else {
            state = acknowledged ? ACK_SENT : REQUEST_SENT;
        }
    }

    private void receiveConfigureAck(ControlPacket packet) {
        if (!state.negotiates() && state != OPENED) {
            answerOutside(packet);
        } else if (exchange.isAcknowledged(packet)) {
            restartCount = retry.maxConfigureRequests();
            if (state == REQUEST_SENT) {
                state = ACK_RECEIVED;
            } else {
                opened();
            }
        }
    }

    private void receiveConfigureNak(ControlPacket packet) {
        if (!state.negotiates() && state != OPENED) {
            answerOutside(packet);
            return;
        }
        switch (exchange.refused(packet)) {
            case INVALID -> { }
            case NO_AGREEMENT -> close(Ending.NO_AGREEMENT, "no agreement on options");
            case GO_ON -> {
                if (!tooManyRounds()) {
                    restartCount = retry.maxConfigureRequests();
                    sendConfigureRequest();
                }
            }
        }
    }

    /** RCA and RCN in Closed and Stopped; in Closing and Stopping they are nothing. */
    private void answerOutside(ControlPacket packet) {
        if (state == CLOSED || state == STOPPED) {
            packets.terminateAck(packet);
        }
    }

    private void receiveTerminateRequest(ControlPacket packet) {
        peerTerminated = true;
        peerText = packet.text();
        switch (state) {
            case ACK_RECEIVED, ACK_SENT -> state = REQUEST_SENT;
            case OPENED -> {
                ending = Ending.PEER_TERMINATED;
                state = STOPPING;
                owner.down();
                restartCount = 0;
                startTimer();
            }
            default -> { }
        }
        packets.terminateAck(packet);
    }

    private void receiveTerminateAck() {
        switch (state) {
            case CLOSING -> finish(CLOSED, ending);
            case STOPPING -> finish(STOPPED, ending);
            case ACK_RECEIVED -> state = REQUEST_SENT;
            case OPENED -> {
                if (takeDown()) {
                    startNegotiation();
                }
            }
            default -> { }
        }
    }

    private void receiveCodeReject(ControlPacket packet) {
        line.count(PppCounter.RX_REJECT);
        if (!packet.data().hasRemaining()) {
            line.count(PppCounter.RX_MALFORMED);
            return;
        }
        int code = packet.data().get(packet.data().position()) & 0xff;
        if (code > ControlPacket.CODE_REJECT) {
            owner.extensionRejected(code);
        } else {
            rejected();
        }
    }

    /** RXJ-: the peer does not speak this protocol, or not a part that it cannot do without. */
    public void rejected() {
        switch (state) {
            case CLOSING -> finish(CLOSED, ending);
            case STOPPING -> finish(STOPPED, ending);
            case REQUEST_SENT, ACK_RECEIVED, ACK_SENT -> finish(STOPPED, Ending.REJECTED);
            case OPENED -> {
                ending = Ending.REJECTED;
                closeText = "rejected";
                state = STOPPING;
                owner.down();
                startTerminating();
            }
            default -> { }
        }
    }

    /** This-Layer-Down of an open protocol that the peer negotiates anew. */
    private boolean takeDown() {
        line.count(PppCounter.RENEGOTIATIONS);
        if (!renegotiations.allows(line.now())) {
            close(Ending.NOT_CONVERGING, "negotiated anew too often");
            return false;
        }
        state = REQUEST_SENT;
        owner.down();
        return true;
    }

    private boolean tooManyRounds() {
        if (exchange.mayGoOn()) {
            return false;
        }
        close(Ending.NOT_CONVERGING, "no agreement on options");
        return true;
    }

    private void startNegotiation() {
        state = REQUEST_SENT;
        restartCount = retry.maxConfigureRequests();
        exchange.begin();
        sendConfigureRequest();
    }

    private void opened() {
        peerTerminated = false;
        deadline = Long.MAX_VALUE;
        exchange.agreed();
        state = OPENED;
        owner.up();
    }

    private void finish(State next, Ending why) {
        deadline = Long.MAX_VALUE;
        ending = why;
        state = next;
        owner.finished(why);
    }

    private void sendConfigureRequest() {
        OwnRequest request = exchange.nextRequest(packets);
        restartCount--;
        startTimer();
        packets.send(ControlPacket.CONFIGURE_REQUEST, request.identifier(), request.data());
    }

    private void startTerminating() {
        restartCount = retry.maxTerminateRequests();
        sendTerminateRequest();
    }

    private void sendTerminateRequest() {
        restartCount--;
        startTimer();
        packets.terminateRequest(closeText);
    }

    private void startTimer() {
        deadline = line.now() + retry.interval().toMillis();
    }
}
