package org.isthmus.core.counters;

import java.util.Locale;

/** Everything that the engine counts, with its meaning; docs/counters.md shows the same. */
public enum Counter {
    RX_PACKETS("Datagrams that peers sent to us."),
    RX_BYTES("Their bytes, without IP and UDP headers."),
    TX_PACKETS("Datagrams that we sent to peers."),
    TX_BYTES("Their bytes, without IP and UDP headers."),
    TX_ERRORS("Datagrams that the system did not take from us."),
    RX_MALFORMED("Datagrams that are no L2TP: too short, or with lengths that do not fit."),
    RX_TOO_LONG("Datagrams that are longer than any that we take, 16448 bytes with what the kernel leaves in front."),
    RX_WRONG_VERSION("Datagrams of an L2TP version that we do not speak."),
    RX_NO_SUCH_TUNNEL("Datagrams for a tunnel that does not exist, or from somebody who is not its peer."),
    RX_NO_SUCH_SESSION("Data packets for a session that does not exist."),
    RX_STRAY_DROPPED("Data packets that came to another worker than their session's and found too many waiting for it."),
    RX_UNEXPECTED("Messages that have no place outside a tunnel, such as a SCCCN."),

    TOO_BIG_RECEIVED("ICMP errors saying that a packet was too big for its way."),
    TOO_BIG_BELIEVED("Those that quote a packet of one of our tunnels, whose path MTU follows them."),
    TOO_BIG_DOUBTED("Those that quote too little to tell whether the packet was ours; the rest was forged, late, or too many."),

    SCCRQ_RECEIVED("Requests for a tunnel that passed the rate limits, repetitions included."),
    SCCRQ_DUPLICATE("Repetitions of a request for a tunnel that is being set up already."),
    SCCRQ_RATE_LIMITED_SOURCE("Requests not looked at: too many from one source (sccrq_rate_limit_per_source)."),
    SCCRQ_RATE_LIMITED_GLOBAL("Requests not looked at: too many from unknown peers together (sccrq_rate_limit)."),
    SCCRQ_RATE_LIMITED_PEER("Requests not looked at: more than the peer's profile allows (its sccrq_rate_limit)."),
    SCCRQ_DENIED("Requests refused: the peer's profile says deny."),
    SCCRQ_REFUSED_DRAINING("Requests refused: the appliance is draining (drain_tunnels)."),
    SCCRQ_REFUSED_NO_PEER("Requests refused: auth_mode asks for a peer profile and none matches."),
    SCCRQ_LOST_TIE("Requests dropped: ours to the same peer was on its way and won the tie (use_tiebreaker)."),
    SCCRQ_REFUSED_LIMIT("Requests refused: max_tunnels is reached."),
    HALF_OPEN_DROPPED("Tunnels of unknown peers, not yet up, that gave way to newer ones (half_open_limit)."),
    HALF_OPEN_DROPPED_SOURCE("Tunnels, not yet up, that gave way to newer ones of their source (half_open_limit_per_source)."),
    HALF_OPEN_DROPPED_KNOWN("Tunnels of known peers, not yet up, that gave way to newer ones of other known peers."),
    CALL_RATE_LIMITED("Calls refused: too many in a second (call_rate_limit)."),

    TUNNELS_CREATED("Tunnels made, by us or by a peer."),
    TUNNELS_ESTABLISHED("Tunnels that came up."),
    TUNNELS_FAILED("Tunnels that did not come up, or went down by a failure."),
    TUNNEL_AUTH_FAILURES("Peers that did not know the tunnel's secret."),
    SESSIONS_CREATED("Sessions made, by us or by a peer."),
    SESSIONS_ESTABLISHED("Calls that came up."),
    SESSIONS_FAILED("Calls that did not come up, or went down by a failure."),
    SESSIONS_REFUSED("Calls refused: max_sessions, the role or the session type do not allow them."),
    PPP_ESTABLISHED("Sessions over which network packets could pass."),
    PPP_AUTH_FAILURES("PPP users that were refused."),
    PROXY_USED("Calls whose PPP started from what the LAC had negotiated and collected (proxy)."),
    PROXY_REFUSED("Calls whose PPP was negotiated anew, since what the LAC sent was not fit for use."),
    SWITCHED_CALLS("Calls that were switched to another LNS."),
    SWITCH_FAILURES("Calls that a switch took and none of its LNSes did."),
    SWITCH_LNS_FAILURES("Times that an LNS of a switch failed and another one was tried."),
    SWITCH_LOOPS("Calls refused that were switched in a circle."),
    POOL_EXHAUSTED("Sessions that got no address since their pool was empty."),
    PLUGIN_FAILURES("Calls of a plugin that threw, or did not answer in time, and bundles that could not plug in."),
    EVENTS_DROPPED("Events that a listener was not told, since its queue was full or it was set aside; once for each listener."),
    ENGINE_DEFECTS("Exceptions in the engine itself, which went on; the log has each. Please report it.");

    private final String description;

    Counter(String description) {
        this.description = description;
    }

    /** The name that people see: {@code half_open_dropped}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is counted, in a sentence for the manual. */
    public String description() {
        return description;
    }
}
