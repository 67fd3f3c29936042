package org.isthmus.ppp.lcp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.isthmus.ppp.AuthConfig;
import org.isthmus.ppp.CloseReason.Cause;
import org.isthmus.ppp.LinkConfig;
import org.isthmus.ppp.Multilink;
import org.isthmus.ppp.PppCounter;
import org.isthmus.ppp.PppProtocol;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.negotiation.Automaton;
import org.isthmus.ppp.negotiation.ControlPacket;
import org.isthmus.ppp.negotiation.Ending;
import org.isthmus.ppp.negotiation.Judgement;
import org.isthmus.ppp.negotiation.Line;
import org.isthmus.ppp.negotiation.NegotiatedProtocol;
import org.isthmus.ppp.negotiation.Option;

/** The Link Control Protocol, RFC 1661 sections 5 and 6. */
public final class Lcp implements NegotiatedProtocol {
    static final int MRU = 1;
    static final int ASYNC_MAP = 2;
    static final int MAGIC_NUMBER = 5;
    static final int PROTOCOL_FIELD_COMPRESSION = 7;
    static final int ADDRESS_CONTROL_COMPRESSION = 8;
    /** RFC 1570 section 2.2. */
    static final int CHECK_SEQUENCE = 9;

    /** Code 8, RFC 1661 section 5.7. */
    public static final int PROTOCOL_REJECT = 8;
    static final int ECHO_REQUEST = 9;
    static final int ECHO_REPLY = 10;
    static final int DISCARD_REQUEST = 11;
    static final int IDENTIFICATION = 12;
    static final int TIME_REMAINING = 13;

    /** "the MRU ... default is 1500 octets" (section 6.1). */
    static final int DEFAULT_MRU = 1500;
    private static final int LEAST_MRU = 128;
    /** So many of our own Naks of a magic number in one negotiation mean that we talk to ourselves. */
    static final int MAX_LOOPS = 5;

    private final LinkConfig config;
    private final LineOptions ours;
    private final AllowedOptions allowed;
    private final MultilinkOptions multilink;
    private final AuthConfig auth;
    private final Line line;
    private final LcpOwner owner;
    private final Automaton automaton;
    private final Echo echo;
    private final DemandedAuthentication demanded;

    private int magic;
    private int magicThatWeNaked;
    private int loops;

    private int peerMru = DEFAULT_MRU;
    private int peerMagic;
    private Optional<AuthenticationProtocol> weProveBy = Optional.empty();
    private String authenticationThatWeRefused = "";
    private String identification = "";
    private Optional<LcpHistory> history = Optional.empty();

    public Lcp(LinkConfig config, AuthConfig auth, Line line, LcpOwner owner) {
        this.config = config;
        this.ours = new LineOptions(config);
        this.allowed = new AllowedOptions(config);
        this.multilink = new MultilinkOptions(config);
        this.auth = auth;
        this.line = line;
        this.owner = owner;
        this.automaton = new Automaton(PppProtocol.LCP, config.retry(), line, this);
        this.echo = new Echo(config, line, automaton, owner);
        this.demanded = new DemandedAuthentication(auth);
    }

    public Automaton automaton() {
        return automaton;
    }

    public Echo echo() {
        return echo;
    }

    /** Remembers the requests of each negotiation from now on. */
    public void keepHistory() {
        history = Optional.of(new LcpHistory());
    }

    /** The requests, if they are kept. */
    public Optional<LcpHistory> history() {
        return history;
    }

    /** Begins open, with what another end has negotiated, or this one before a failure. */
    public void adopt(LcpOptions own, LcpOptions peers) {
        begin();
        ours.adopt(own.mru());
        multilink.adoptNone();
        magic = own.magic();
        demanded.adopt(own.authentication());
        peerMru = peers.mru();
        peerMagic = peers.magic();
        weProveBy = peers.authentication();
        history.ifPresent(kept -> kept.adopt(own, peers));
        automaton.adopt();
    }

    /** The MRU that holds for us. */
    public int localMru() {
        return ours.mru();
    }

    /** The MRU that holds for the peer; 1500 until LCP is open. */
    public int peerMru() {
        return automaton.isOpened() ? peerMru : DEFAULT_MRU;
    }

    /** Our magic number, 0 for none. */
    public int localMagic() {
        return magic;
    }

    /** The peer's magic number, 0 for none. */
    public int peerMagic() {
        return peerMagic;
    }

    /** How the peer has to prove who it is. */
    public Optional<AuthenticationProtocol> peerProvesBy() {
        return demanded.offer();
    }

    /** How we have to prove who we are. */
    public Optional<AuthenticationProtocol> weProveBy() {
        return weProveBy;
    }

    /** What both ends agreed on for a bundle; empty while LCP is not open, and if one of them does not speak multilink. */
    public Optional<Multilink> multilink() {
        return automaton.isOpened() ? multilink.agreed() : Optional.empty();
    }

    /** The text of the peer's last Identification, RFC 1570 section 2.1. */
    public String identification() {
        return identification;
    }

    /** The protocol that the peer demanded last and that we rejected for good, empty for none. */
    public String authenticationThatWeRefused() {
        return authenticationThatWeRefused;
    }

    @Override
    public void begin() {
        ours.begin();
        multilink.begin();
        magic = config.magicNumber() ? newMagic() : 0;
        loops = 0;
        demanded.begin();
        history.ifPresent(LcpHistory::begin);
    }

    @Override
    public List<Option> request() {
        List<Option> options = new ArrayList<>();
        ours.addFirst(options);
        demanded.offer().map(AuthenticationOption::of).ifPresent(options::add);
        if (magic != 0) {
            options.add(Option.of(MAGIC_NUMBER, 4, magic));
        }
        ours.addLast(options);
        multilink.addTo(options);
        history.ifPresent(kept -> kept.sent(options));
        return options;
    }

    @Override
    public void judge(List<Option> request, Judgement judgement) {
        peerMru = DEFAULT_MRU;
        peerMagic = 0;
        weProveBy = Optional.empty();
        authenticationThatWeRefused = "";
        multilink.forget();
        history.ifPresent(kept -> kept.received(request));
        Optional<Option> ownMagic = request.stream().filter(this::isOwnMagic).findFirst();
        if (ownMagic.isPresent()) {
            // Perhaps our own request came back. Say nothing about the rest: it would be said to ourselves.
            line.count(PppCounter.LOOPBACK);
            magicThatWeNaked = newMagic();
            judgement.nak(ownMagic.get(), Option.of(MAGIC_NUMBER, 4, magicThatWeNaked));
            return;
        }
        for (Option option : request) {
            if (allowed.concerns(option)) {
                allowed.judge(option, judgement);
            }
            judge(option, judgement);
        }
    }

    private void judge(Option option, Judgement judgement) {
        switch (option.type()) {
            case MRU -> {
                if (!option.has(2)) {
                    judgement.reject(option);
                } else if (option.number() < LEAST_MRU) {
                    judgement.nak(option, Option.of(MRU, 2, LEAST_MRU));
                } else {
                    peerMru = (int) option.number();
                }
            }
            case MAGIC_NUMBER -> {
                if (!option.has(4)) {
                    judgement.reject(option);
                } else if (option.number() == 0) {
                    // "A Magic-Number of zero is illegal and MUST always be Nak'd" (section 6.4)
                    judgement.nak(option, Option.of(MAGIC_NUMBER, 4, newMagic()));
                } else {
                    peerMagic = (int) option.number();
                }
            }
            case AuthenticationOption.TYPE -> judgeAuthentication(option, judgement);
            case ASYNC_MAP -> rejectUnless(option.has(4), option, judgement);
            case PROTOCOL_FIELD_COMPRESSION, ADDRESS_CONTROL_COMPRESSION ->
                    rejectUnless(option.has(0), option, judgement);
            case CHECK_SEQUENCE -> rejectUnless(allowed.concerns(option), option, judgement);
            default -> multilink.judge(option, judgement);
        }
    }

    private static void rejectUnless(boolean wellFormed, Option option, Judgement judgement) {
        if (!wellFormed) {
            judgement.reject(option);
        }
    }

    private void judgeAuthentication(Option option, Judgement judgement) {
        List<AuthenticationProtocol> accepted = auth.credentials().accepted();
        weProveBy = AuthenticationOption.read(option).filter(accepted::contains);
        if (weProveBy.isPresent()) {
            return;
        }
        authenticationThatWeRefused = AuthenticationOption.describe(option);
        if (accepted.isEmpty()) {
            judgement.reject(option);
        } else {
            judgement.nak(option, AuthenticationOption.of(accepted.get(0)));
        }
    }

    private boolean isOwnMagic(Option option) {
        return option.type() == MAGIC_NUMBER && option.has(4) && magic != 0 && (int) option.number() == magic;
    }

    private int newMagic() {
        int number;
        do {
            number = line.random().nextInt();
        } while (number == 0);
        return number;
    }

    @Override
    public boolean naked(List<Option> wanted) {
        for (Option option : wanted) {
            switch (option.type()) {
                case MAGIC_NUMBER -> {
                    // "equal to the one sent in the last Configure-Nak": the Nak came back too (section 6.4)
                    if (option.number() == Integer.toUnsignedLong(magicThatWeNaked) && ++loops >= MAX_LOOPS) {
                        line.count(PppCounter.LOOPBACK);
                        owner.lcpFailed(Cause.LOOPED_BACK,
                                "looped-back link: our own magic number came back " + loops + " times");
                        return false;
                    }
                    magic = magic == 0 ? 0 : newMagic();
                }
                case MultilinkOptions.MRRU, MultilinkOptions.SHORT_NUMBERS, MultilinkOptions.DISCRIMINATOR -> multilink.naked(option);
                default -> ours.naked(option);
            }
        }
        return nakedAuthentication(wanted.stream().filter(o -> o.type() == AuthenticationOption.TYPE).toList());
    }

    private boolean nakedAuthentication(List<Option> wanted) {
        if (wanted.isEmpty() || demanded.naked(wanted)) {
            return true;
        }
        String wishes = wanted.stream().map(AuthenticationOption::describe).collect(Collectors.joining(", "));
        return peerRefuses(" (it asks for " + wishes + ")");
    }

    @Override
    public boolean rejected(List<Option> refused) {
        for (Option option : refused) {
            switch (option.type()) {
                case MAGIC_NUMBER -> magic = 0;
                case AuthenticationOption.TYPE -> {
                    if (!demanded.rejected()) {
                        return peerRefuses("");
                    }
                }
                case MultilinkOptions.MRRU, MultilinkOptions.SHORT_NUMBERS, MultilinkOptions.DISCRIMINATOR -> multilink.rejected(option);
                default -> ours.rejected(option);
            }
        }
        return true;
    }

    private boolean peerRefuses(String detail) {
        owner.lcpFailed(Cause.PEER_REFUSES_AUTHENTICATION,
                "the peer refuses to authenticate by " + demanded.wishes() + detail);
        return false;
    }

    @Override
    public void up() {
        echo.start(magic);
        owner.lcpUp();
    }

    @Override
    public void down() {
        echo.stop();
        owner.lcpDown(automaton.state().negotiates());
    }

    @Override
    public void finished(Ending ending) {
        owner.lcpFinished(ending);
    }

    @Override
    public boolean extension(ControlPacket packet, boolean opened) {
        switch (packet.code()) {
            case PROTOCOL_REJECT, ECHO_REQUEST, ECHO_REPLY, DISCARD_REQUEST -> {
                // "packets received in any state other than the LCP Opened state SHOULD be silently discarded"
                if (!opened) {
                    line.count(PppCounter.RX_OUT_OF_PHASE);
                } else if (packet.code() == PROTOCOL_REJECT) {
                    receiveProtocolReject(packet);
                } else {
                    echo.receive(packet, peerMagic);
                }
                return true;
            }
            case IDENTIFICATION -> {
                receiveIdentification(packet);
                return true;
            }
            case TIME_REMAINING -> {
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    /** RFC 1661 section 5.7: protocol number (2 octets), information, cut to the peer's MRU. */
    public void rejectProtocol(int protocol, ByteBuffer information) {
        int length = Math.min(information.remaining(), peerMru() - 6);
        byte[] data = new byte[2 + length];
        ByteBuffer.wrap(data).putShort((short) protocol);
        information.get(information.position(), data, 2, length);
        line.count(PppCounter.TX_PROTOCOL_REJECT);
        line.send(PppProtocol.LCP, ControlPacket.encode(PROTOCOL_REJECT, automaton.nextIdentifier(), data));
    }

    private void receiveProtocolReject(ControlPacket packet) {
        line.count(PppCounter.RX_REJECT);
        if (packet.data().remaining() < 2) {
            line.count(PppCounter.RX_MALFORMED);
            return;
        }
        owner.protocolRejected(packet.data().getShort(packet.data().position()) & 0xffff);
    }

    /** Magic number (4 octets), text. */
    private void receiveIdentification(ControlPacket packet) {
        if (packet.data().remaining() < 4) {
            line.count(PppCounter.RX_MALFORMED);
            return;
        }
        packet.data().position(packet.data().position() + 4);
        identification = packet.text();
    }

    @Override
    public void extensionRejected(int code) {
        if (code == ECHO_REQUEST || code == ECHO_REPLY) {
            echo.stop();
        }
    }
}
