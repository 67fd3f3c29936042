package org.isthmus.core.engine;

import org.isthmus.api.config.L2tpVersion;
import org.isthmus.core.desired.ResolvedTunnel;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.TunnelConfig;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;

/**
 * Which versions the next request for a tunnel of ours offers, where its settings leave that open. A peer that has version 2
 * alone should take a request that offers both and answer in its own (RFC 3931 section 4.7.3). One that drops or refuses it
 * is asked once more, in version 2 alone. What came up last is what the next request offers.
 */
final class VersionOffer {
    private boolean onlyVersion2;

    /** The configuration for the next request, from the one that the settings give. */
    TunnelConfig of(TunnelConfig settings) {
        return onlyVersion2 && settings.v3().fallback()
                ? settings.toBuilder().version(ProtocolVersion.V2).build() : settings;
    }

    /**
     * A request came to nothing.
     *
     * @param answered the version of the peer's answer, if there was one
     * @return whether another one is to follow at once
     */
    boolean failed(ResolvedTunnel tunnel, CloseCause why, ProtocolVersion answered) {
        boolean offeredBoth = tunnel.version() == L2tpVersion.AUTO && !onlyVersion2;
        onlyVersion2 = offeredBoth && switch (why.kind()) {
            case UNREACHABLE, TIMEOUT -> true;
            case PEER -> answered == ProtocolVersion.V2 && why.result().filter(VersionOffer::cannotBeRead).isPresent();
            default -> false;
        };
        return onlyVersion2;
    }

    private static boolean cannotBeRead(ResultCode result) {
        return result.result() == StopResult.GENERAL_ERROR.code() || result.result() == StopResult.VERSION_UNSUPPORTED.code();
    }
}
