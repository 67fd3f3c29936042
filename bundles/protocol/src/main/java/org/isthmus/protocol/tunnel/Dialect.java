package org.isthmus.protocol.tunnel;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.SccrqSummary;

/**
 * What the version of a control connection decides: how it is set up, how its messages are written, and whether they are
 * authenticated. The version is that of the configuration until the peer shows which one it has.
 */
final class Dialect {

    private final RandomGenerator random;
    private final Authentication authentication;
    private final SetupOfVersion2 setupOfVersion2;
    private final SetupOfVersion3 setupOfVersion3;
    private MessagesOfVersion2 messagesOfVersion2;
    private MessagesOfVersion3 messagesOfVersion3;
    private TunnelConfig config;
    private ProtocolVersion version;

    Dialect(ControlConnection connection, TunnelConfig config, TunnelCounters counters, RandomGenerator random) {
        this.random = random;
        this.config = config;
        this.version = config.version();
        this.authentication = new Authentication(config, random);
        write(0);
        this.setupOfVersion2 = new SetupOfVersion2(connection, config, counters, messagesOfVersion2, random);
        this.setupOfVersion3 = new SetupOfVersion3(connection, config, counters, messagesOfVersion3, authentication,
                setupOfVersion2);
    }

    ProtocolVersion version() {
        return version;
    }

    Setup setup() {
        return version == ProtocolVersion.V2 ? setupOfVersion2 : setupOfVersion3;
    }

    Messages messages() {
        return version == ProtocolVersion.V2 ? messagesOfVersion2 : messagesOfVersion3;
    }

    /** Nothing of the set-up is outstanding any more. */
    void forgetSetup() {
        setupOfVersion2.forget();
        setupOfVersion3.forget();
    }

    /**
     * As receiver: takes the version of an SCCRQ; the one that is preferred, when it offers both. Where the
     * configuration does not have it, the set-up is refused in the version of the peer.
     *
     * @return what speaks against the request: {@link Objection#NONE}, or why it is dropped or refused
     */
    Objection answer(ByteBuffer sccrq) {
        boolean wanted = SccrqSummary.of(sccrq).map(SccrqSummary::offers).orElse(EnumSet.of(ProtocolVersion.V2))
                .contains(version);
        if (!wanted) {
            version = version == ProtocolVersion.V3 ? ProtocolVersion.V2 : ProtocolVersion.V3;
        }
        if (version == ProtocolVersion.V3 && !authentication.answer(sccrq)) {
            return Objection.NOT_AUTHENTIC;
        }
        boolean taken = wanted || config.version() == ProtocolVersion.V3 && config.v3().fallback();
        return taken ? Objection.NONE : Objection.OTHER_VERSION;
    }

    /** What can speak against an SCCRQ before it is read. */
    enum Objection {
        NONE,
        /** Its digest is wrong: it is dropped. */
        NOT_AUTHENTIC,
        /** The configuration does not have the version: it is refused. */
        OTHER_VERSION
    }

    /** Whether an originator still takes an answer of the other version. */
    boolean mayFallBack(TunnelState state) {
        return state == TunnelState.WAIT_CTL_REPLY && version == ProtocolVersion.V3 && config.v3().fallback();
    }

    /** The peer has version 2 only. */
    void fallBack() {
        version = ProtocolVersion.V2;
    }

    Authentication authentication() {
        return authentication;
    }

    /** Our challenge of version 2 that is not answered yet. */
    byte[] challenge() {
        return setupOfVersion2.handshake().outstanding();
    }

    /** Goes on as another object did. */
    void resume(TunnelCheckpoint before) {
        version = before.version();
        messagesOfVersion2.peerTunnelId(before.remoteId());
        messagesOfVersion3.peerTunnelId(before.remoteId());
        authentication.resume(before.authentication(), before.state() == TunnelState.WAIT_CTL_REPLY
                || before.state() == TunnelState.WAIT_CTL_CONN);
        setupOfVersion2.handshake().resume(before.challenge());
        setup().resume(before.phb(), before.suggestion());
    }

    /** A recovery tunnel is up. */
    void adopt(Dialect recovery) {
        authentication.adopt(recovery.authentication);
    }

    /** Whether a datagram of our version is authentic, as far as that version knows about it. */
    boolean isAuthentic(ByteBuffer datagram, TunnelState state) {
        return version == ProtocolVersion.V2
                || authentication.isAuthentic(datagram, state == TunnelState.WAIT_CTL_REPLY);
    }

    /** Signs a message that is about to be sent, where its version asks for it. */
    void sign(byte[] message) {
        if (version == ProtocolVersion.V3) {
            authentication.sign(message);
        }
    }

    void reconfigure(TunnelConfig next, int remoteId) {
        config = next;
        write(remoteId);
    }

    private void write(int remoteId) {
        messagesOfVersion2 = new MessagesOfVersion2(config, random, remoteId);
        messagesOfVersion3 = new MessagesOfVersion3(config, random, authentication, remoteId);
    }
}
