package org.isthmus.core.engine;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.isthmus.api.TunnelState;
import org.isthmus.api.dataplane.TunnelDataCounters;
import org.isthmus.protocol.tunnel.ChannelStatus;
import org.isthmus.protocol.tunnel.Counter;
import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.tunnel.TunnelCounters;
import org.isthmus.protocol.wire.MessageType;

/** From the protocol's view of a tunnel to the one of the api. */
final class TunnelCounterNames {
    private TunnelCounterNames() {
    }

    /** Every counter by the name that people see; those of message types are {@code rx_sccrq}, {@code tx_sccrq} and so on. */
    static Map<String, Long> of(Tunnel tunnel, Optional<TunnelDataCounters> data, OptionalInt pathMtu) {
        Map<String, Long> names = new LinkedHashMap<>();
        if (tunnel == null) {
            return names;
        }
        TunnelCounters counters = tunnel.counters();
        for (Counter counter : Counter.values()) {
            names.put(lower(counter), counters.get(counter));
        }
        for (MessageType type : MessageType.values()) {
            names.put("rx_" + lower(type), counters.received(type));
            names.put("tx_" + lower(type), counters.sent(type));
        }
        ChannelStatus channel = tunnel.channel();
        names.put("ns", (long) channel.ns());
        names.put("nr", (long) channel.nr());
        names.put("peer_nr", (long) channel.peerNr());
        names.put("peer_window", (long) channel.peerWindow());
        names.put("cwnd", (long) channel.congestionWindow());
        names.put("ssthresh", (long) channel.slowStartThreshold());
        names.put("queued", (long) channel.queued());
        tunnel.dscp().ifPresent(dscp -> names.put("control_dscp", (long) dscp));
        pathMtu.ifPresent(bytes -> names.put("path_mtu", (long) bytes));
        data.ifPresent(dropped -> {
            names.put("data_malformed", dropped.malformed());
            names.put("data_unknown_session", dropped.unknownSession());
        });
        return names;
    }

    static TunnelState state(Tunnel tunnel) {
        if (tunnel == null) {
            return TunnelState.IDLE;
        }
        return switch (tunnel.state()) {
            case WAIT_CTL_REPLY -> TunnelState.WAIT_CTL_REPLY;
            case WAIT_CTL_CONN -> TunnelState.WAIT_CTL_CONN;
            case RECOVERING -> TunnelState.RECOVERING;
            case ESTABLISHED -> TunnelState.ESTABLISHED;
            case CLOSING, LINGERING -> TunnelState.CLOSING;
            case FINISHED -> TunnelState.DOWN;
        };
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
