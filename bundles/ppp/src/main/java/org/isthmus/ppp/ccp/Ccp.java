package org.isthmus.ppp.ccp;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.isthmus.ppp.MppeConfig;
import org.isthmus.ppp.MppeConfig.State;
import org.isthmus.ppp.PppCounter;
import org.isthmus.ppp.PppProtocol;
import org.isthmus.ppp.mppe.Encryption;
import org.isthmus.ppp.mppe.MppeStrength;
import org.isthmus.ppp.mppe.StartKeys;
import org.isthmus.ppp.negotiation.Automaton;
import org.isthmus.ppp.negotiation.ControlPacket;
import org.isthmus.ppp.negotiation.Ending;
import org.isthmus.ppp.negotiation.Judgement;
import org.isthmus.ppp.negotiation.Line;
import org.isthmus.ppp.negotiation.NegotiatedProtocol;
import org.isthmus.ppp.negotiation.Option;

/**
 * The Compression Control Protocol, RFC 1962, for MPPE alone (RFC 3078 section 2): every compression is rejected. Each end says how it
 * wants to receive. A key for each packet is asked for, unless state is preferred, and of several strengths the strongest is taken.
 */
public final class Ccp implements NegotiatedProtocol {
    static final int RESET_REQUEST = 14;
    static final int RESET_ACK = 15;

    /** So long the answer to a Reset-Request is waited for: what cannot be decrypted meanwhile was sent before it arrived. */
    private static final long ANSWER_MILLIS = 1_000;
    /** However soon the answers come. */
    private static final long BETWEEN_RESETS_MILLIS = 20;
    /** So many in a row without a packet that could be decrypted in between. */
    private static final int MOST_RESETS = 5;

    private final MppeConfig config;
    private final Set<MppeStrength> allowed;
    private final StartKeys keys;
    private final Line line;
    private final CcpOwner owner;
    private final Automaton automaton;

    private MppeOption asked;
    private Optional<MppeOption> promised = Optional.empty();
    private String failure = "";
    private long lastReset = Long.MIN_VALUE / 2;
    private boolean answered;
    private int resets;

    /**
     * @param allowed the strengths that may be agreed on here, at least one
     * @param keys    what both directions start from
     */
    public Ccp(MppeConfig config, Set<MppeStrength> allowed, StartKeys keys, Line line, CcpOwner owner) {
        this.config = config;
        this.allowed = EnumSet.copyOf(allowed);
        this.keys = keys;
        this.line = line;
        this.owner = owner;
        this.automaton = new Automaton(PppProtocol.CCP, config.retry(), line, this);
        this.asked = wish();
    }

    public Automaton automaton() {
        return automaton;
    }

    /** What both ends have agreed on, while it is open. */
    public Encryption agreed() {
        return new Encryption(way(promised.orElseThrow(), true), way(asked, false));
    }

    private Encryption.Way way(MppeOption option, boolean send) {
        MppeStrength strength = option.strongest(allowed).orElseThrow();
        return new Encryption.Way(strength, option.stateless(), send ? keys.send(strength) : keys.receive(strength));
    }

    /**
     * What the peer sends cannot be decrypted: asks it to begin anew.
     *
     * @param passed whether packets could be decrypted since the last time
     * @return false if that did not help often enough
     */
    public boolean reset(boolean passed) {
        if (passed) {
            resets = 0;
        }
        if (!automaton.isOpened() || line.now() - lastReset < (answered ? BETWEEN_RESETS_MILLIS : ANSWER_MILLIS)) {
            return true;
        }
        lastReset = line.now();
        answered = false;
        if (++resets > MOST_RESETS) {
            resets = 0;
            return false;
        }
        send(RESET_REQUEST, automaton.nextIdentifier());
        return true;
    }

    private void send(int code, int identifier) {
        line.send(PppProtocol.CCP, ControlPacket.encode(code, identifier, new byte[0]));
    }

    private MppeOption wish() {
        return new MppeOption(allowed, config.state() != State.PREFERRED);
    }

    @Override
    public void begin() {
        asked = wish();
        promised = Optional.empty();
        failure = "";
    }

    @Override
    public List<Option> request() {
        return List.of(asked.encode());
    }

    @Override
    public void judge(List<Option> request, Judgement judgement) {
        promised = Optional.empty();
        for (Option option : request) {
            Optional<MppeOption> wish = MppeOption.read(option);
            if (wish.isEmpty()) {
                judgement.reject(option);
                continue;
            }
            MppeStrength strength = wish.get().strongest(allowed).orElseGet(() -> allowed.iterator().next());
            MppeOption possible = new MppeOption(Set.of(strength), wish.get().stateless() || config.state() == State.NEVER);
            if (option.equals(possible.encode())) {
                promised = Optional.of(possible);
            } else {
                judgement.nak(option, possible.encode());
            }
        }
    }

    @Override
    public boolean naked(List<Option> wanted) {
        for (Option option : wanted) {
            Optional<MppeOption> wish = MppeOption.read(option);
            if (wish.isPresent()) {
                Optional<MppeStrength> strength = wish.get().strongest(allowed);
                if (strength.isEmpty() || !wish.get().stateless() && config.state() == State.NEVER) {
                    return fail("the peer wants MPPE with " + wish.get().words() + ", and we take "
                            + new MppeOption(allowed, true).words() + (config.state() == State.NEVER ? "" : " or stateful"));
                }
                asked = new MppeOption(Set.of(strength.get()), wish.get().stateless());
            }
        }
        return true;
    }

    @Override
    public boolean rejected(List<Option> refused) {
        return refused.isEmpty() || fail("the peer does not encrypt: it refuses MPPE with " + asked.words());
    }

    private boolean fail(String why) {
        failure = why;
        return false;
    }

    @Override
    public void up() {
        if (promised.isPresent()) {
            owner.ccpUp();
        } else {
            failure = "the peer takes nothing encrypted: its CCP does not ask for MPPE";
            owner.ccpUnusable();
        }
    }

    @Override
    public void down() {
        owner.ccpDown();
    }

    @Override
    public void finished(Ending ending) {
        owner.ccpFinished(ending, failure);
    }

    /** What an answer brings the data path sees by itself, from the packet that begins anew. It reads our own on its way out. */
    @Override
    public boolean extension(ControlPacket packet, boolean opened) {
        if (packet.code() != RESET_REQUEST && packet.code() != RESET_ACK) {
            return false;
        }
        if (!opened) {
            line.count(PppCounter.RX_OUT_OF_PHASE);
        } else if (packet.code() == RESET_REQUEST) {
            send(RESET_ACK, packet.identifier());
        } else {
            answered = true;
        }
        return true;
    }

    @Override
    public void extensionRejected(int code) {
        // A peer without Reset-Requests begins anew with its next flag packet at the latest.
    }
}
