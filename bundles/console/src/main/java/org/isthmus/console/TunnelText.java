package org.isthmus.console;

import static org.isthmus.console.text.Table.numbers;
import static org.isthmus.console.text.Table.words;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.Cause;
import org.isthmus.api.Origin;
import org.isthmus.api.TunnelProtocol;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.config.ValueTypes;
import org.isthmus.console.text.Format;
import org.isthmus.console.text.Listing;
import org.isthmus.console.text.Table;

/** Tunnels as people see them. */
final class TunnelText {
    private TunnelText() {
    }

    static Table table(List<TunnelStatus> tunnels, Instant now) {
        Table table = new Table("No tunnels. l2tp:tunnel-create opens one; a peer's appears when the peer asks for it.",
                words("NAME"), numbers("ID"), words("STATE"), words("PEER"), words("PEER'S NAME").ifThereIsRoom(),
                numbers("SESSIONS"), numbers("UP FOR"), words("L2TP"));
        for (TunnelStatus tunnel : tunnels) {
            table.add(tunnel.name(), Format.id(tunnel.tunnelId()), state(tunnel.state(), tunnel.retryAt(), now),
                    tunnel.peer().map(Format::endpoint).orElse("-"), Format.orHyphen(tunnel.peerHostName()),
                    tunnel.sessions(), Format.since(tunnel.upSince(), now), brief(tunnel.protocol()));
        }
        return table;
    }

    static Listing listing(TunnelStatus tunnel, Instant now) {
        return new Listing()
                .heading("Tunnel \"" + tunnel.name() + "\"")
                .add("State", state(tunnel.state(), tunnel.retryAt(), now))
                .add("Protocol", protocol(tunnel.protocol()))
                .add("Remark", tunnel.protocol().remark())
                .add("Up for", tunnel.upSince().isPresent() ? Format.since(tunnel.upSince(), now) : "")
                .add("Went down because", cause(tunnel.lastCause()))
                .add("Asked for by", tunnel.origin() == Origin.LOCAL ? "us" : "the peer")
                .add("Comes back by itself", Format.yesNo(tunnel.persistent()))
                .add("Created", Format.time(tunnel.created()))
                .add("Sessions", tunnel.sessions())
                .add("Our address", tunnel.local().map(Format::endpoint).orElse(""))
                .add("Our id", Format.id(tunnel.tunnelId()))
                .add("Peer's address", tunnel.peer().map(Format::endpoint).orElse(""))
                .add("Peer's id", Format.id(tunnel.peerTunnelId()))
                .add("Peer's name", tunnel.peerHostName())
                .add("Peer's vendor", tunnel.peerVendor())
                .add("Peer authenticated", Format.yesNo(tunnel.authenticated()))
                .add("Tunnel profile", tunnel.profile())
                .add("Peer profile", tunnel.peerProfile())
                .counters("Counters (those not shown are 0)", tunnel.counters());
    }

    /** {@code v2}, {@code v3}, {@code v3 ip}, {@code v3 static}. */
    private static String brief(TunnelProtocol protocol) {
        return "v" + protocol.version() + (protocol.encapsulation() == Encapsulation.IP ? " ip" : "")
                + (protocol.isStatic() ? " static" : "");
    }

    private static String protocol(TunnelProtocol protocol) {
        return "L2TPv" + protocol.version()
                + (protocol.encapsulation() == Encapsulation.IP ? " over IP (protocol 115)" : " over UDP")
                + (protocol.isStatic() ? ", static: no control channel" : "");
    }

    /** {@code retry in 4m02s}. */
    static String state(Enum<?> state, Optional<Instant> retryAt, Instant now) {
        return ValueTypes.word(state)
                + retryAt.map(when -> " in " + Format.duration(Duration.between(now, when))).orElse("");
    }

    /** In words; the engine's say who ended it and with which codes. */
    static String cause(Cause cause) {
        return cause.message().isEmpty() && cause.resultCode() != 0
                ? "result code " + cause.resultCode() + ", error code " + cause.errorCode() : cause.message();
    }
}
