package org.isthmus.protocol.tunnel;

import org.isthmus.protocol.tunnel.CloseCause.Kind;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;

/**
 * Why a peer is refused whose version we do not have. The Error Code of the StopCCN is the highest version that we support
 * (RFC 2661 section 4.4.2).
 */
final class VersionRefusal {

    private VersionRefusal() {
    }

    /** The peer asks for a version of L2TP that our configuration leaves out. */
    static CloseCause notConfigured(ProtocolVersion asked) {
        ProtocolVersion configured = asked == ProtocolVersion.V2 ? ProtocolVersion.V3 : ProtocolVersion.V2;
        return of(configured.code(), "the peer asks for " + asked.words() + ", which the configuration does not have");
    }

    /** The Protocol Version AVP of the peer has a version or a revision other than 1.0. */
    static CloseCause notSpoken(int protocolVersion) {
        return of(MessagesOfVersion2.PROTOCOL_VERSION, "the peer speaks version " + (protocolVersion >> 8) + " revision "
                + (protocolVersion & 0xff) + ", we speak 1.0");
    }

    private static CloseCause of(int highestSupported, String words) {
        return CloseCause.of(Kind.PROTOCOL, new ResultCode(ResultCode.Scope.TUNNEL,
                StopResult.VERSION_UNSUPPORTED.code(), highestSupported, ""), words);
    }
}
