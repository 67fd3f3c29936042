package org.isthmus.protocol.tunnel;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.wire.Datagram;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.SccrqSummary;

/** One StopCCN in answer to an SCCRQ for which no tunnel is made. */
final class Refusal {

    private Refusal() {
    }

    /** The StopCCN, no larger than the request; empty where that cannot be, or nobody could be answered. */
    static Optional<ByteBuffer> of(ByteBuffer sccrq, ResultCode result, TunnelConfig config, RandomGenerator random) {
        SccrqSummary summary = SccrqSummary.of(sccrq).filter(s -> s.assignedTunnelId() != 0).orElse(null);
        if (summary == null) {
            return Optional.empty();
        }
        boolean version3 = !summary.offers().contains(ProtocolVersion.V2)
                || config.version() == ProtocolVersion.V3 && summary.offers().contains(ProtocolVersion.V3);
        Authentication authentication = new Authentication(config, random);
        if (version3 && !authentication.answer(sccrq)) {
            return Optional.empty();
        }
        authentication.forget();
        Messages messages = version3
                ? new MessagesOfVersion3(config, random, authentication, summary.assignedTunnelId())
                : new MessagesOfVersion2(config, random, summary.assignedTunnelId());
        byte[] stopccn = messages.stopccn(result, sccrq.remaining());
        if (stopccn == null) {
            return Optional.empty();
        }
        // Ns 0, Nr 1: the SCCRQ is acknowledged.
        ByteBuffer datagram = ByteBuffer.wrap(stopccn).putShort(Datagram.CONTROL_HEADER_BYTES - 2, (short) 1);
        if (version3) {
            authentication.sign(stopccn);
        }
        return Optional.of(datagram);
    }
}
