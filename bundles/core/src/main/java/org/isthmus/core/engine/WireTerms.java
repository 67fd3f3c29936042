package org.isthmus.core.engine;

import static org.isthmus.api.config.SessionParameters.*;

import java.util.Optional;

import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.config.L2SpecType;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.ValueTypes;
import org.isthmus.protocol.tunnel.PseudowireRequest;
import org.isthmus.protocol.tunnel.PseudowireTerms;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.PseudowireType;
import org.isthmus.protocol.wire.SequencingLevel;

/** From a session's settings to what is asked of the peer in version 3, and whether a peer's call fits them. */
final class WireTerms {
    private WireTerms() {
    }

    /** What we ask for, in a call of ours or one that we take. */
    static PseudowireTerms of(Settings session) {
        return new PseudowireTerms(type(session.get(PSEUDOWIRE_TYPE)), session.find(REMOTE_END_ID).orElse(""),
                session.get(COOKIE_LENGTH), hasSublayer(session), level(session.get(DATA_SEQUENCING)),
                session.get(USE_TIEBREAKER), CircuitStatus.UP);
    }

    /**
     * Why a call that a peer brings does not fit the settings that hold for it; empty when it does.
     *
     * @param ofVersion3 what is asked for in version 3; empty in version 2
     */
    static Optional<String> misfit(Optional<PseudowireRequest> ofVersion3, Settings session) {
        if (ofVersion3.isEmpty()) {
            return session.get(PSEUDOWIRE_TYPE) == org.isthmus.api.config.PseudowireType.PPP ? Optional.empty()
                    : Optional.of("it came in L2TPv2, which has PPP alone, and the session profile has pseudowire_type "
                            + ValueTypes.word(session.get(PSEUDOWIRE_TYPE)));
        }
        PseudowireRequest request = ofVersion3.get();
        if (request.type() != type(session.get(PSEUDOWIRE_TYPE))) {
            return Optional.of("it is for " + request.type().words() + ", and the session profile has pseudowire_type "
                    + ValueTypes.word(session.get(PSEUDOWIRE_TYPE)));
        }
        Optional<String> wanted = session.find(REMOTE_END_ID);
        if (wanted.isPresent() && !wanted.get().equals(request.remoteEndId())) {
            return Optional.of("no session profile has its remote_end_id \"" + Words.printable(request.remoteEndId()) + "\"");
        }
        return request.type() == PseudowireType.ETHERNET_VLAN && session.find(VLAN_ID).isEmpty()
                ? Optional.of("the session profile has no vlan_id") : Optional.empty();
    }

    /** Whether packets have the default sublayer: as is said, or where sequence numbers need it. */
    static boolean hasSublayer(Settings session) {
        return session.find(L2SPEC_TYPE).map(type -> type == L2SpecType.DEFAULT)
                .orElse(session.get(DATA_SEQUENCING) != DataSequencing.NONE);
    }

    static SequencingLevel level(DataSequencing sequencing) {
        return switch (sequencing) {
            case NONE -> SequencingLevel.NONE;
            case NON_IP -> SequencingLevel.NON_IP;
            case ALL -> SequencingLevel.ALL;
        };
    }

    static PseudowireType type(org.isthmus.api.config.PseudowireType type) {
        return switch (type) {
            case PPP -> PseudowireType.PPP;
            case ETHERNET -> PseudowireType.ETHERNET;
            case VLAN -> PseudowireType.ETHERNET_VLAN;
        };
    }
}
