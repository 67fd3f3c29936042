package org.isthmus.ppp;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What LCP wishes for (RFC 1661 section 6) and how it watches the link.
 *
 * @param mru the largest packet we take, 128 to 16384 octets; offered when it is not 1500 ({@code mru})
 * @param mtu the largest packet we send, 128 to 16384 octets; the peer's MRU may lower it ({@code mtu})
 * @param magicNumber offer a magic number, by which a looped-back line is found
 * @param asyncMap the ACCM to offer (RFC 1662 section 7.1; {@code asyncmap}); empty: not offered, as L2TP wants it
 * @param protocolFieldCompression offer to take one-octet protocol fields. They are taken in any case.
 * @param addressControlCompression offer to take frames without FF 03. They are taken in any case.
 * @param retry counts and interval ({@code lcp_…})
 * @param echoInterval the time between Echo-Requests, zero for none ({@code lcp_echo_interval})
 * @param echoFailureCount Echo-Requests in a row without a reply after which the peer is taken for dead, 0 for never
 *        ({@code lcp_echo_failure_count})
 * @param wishes what the LAC of the line says of its LCP, as it tells the LNS
 * @param multilink what is asked for so that the link may be bundled with others; empty: it is not, and what the peer asks for
 *        it is rejected ({@code multilink})
 */
public record LinkConfig(int mru, int mtu, boolean magicNumber, OptionalInt asyncMap,
        boolean protocolFieldCompression, boolean addressControlCompression, Retry retry, Duration echoInterval,
        int echoFailureCount, LacWishes wishes, Optional<MultilinkConfig> multilink) {
    /** MRU and MTU 1500, a magic number, no compression of fields, no echo. */
    public static final LinkConfig DEFAULT = new LinkConfig(1500, 1500, true, OptionalInt.empty(), false, false,
            Retry.DEFAULT, Duration.ZERO, 5);

    public LinkConfig {
        if (mru < 128 || mru > 16384 || mtu < 128 || mtu > 16384) {
            throw new IllegalArgumentException("mru and mtu must be 128 to 16384 octets");
        }
        if (echoInterval.isNegative() || echoFailureCount < 0) {
            throw new IllegalArgumentException("echo interval and failure count must not be negative");
        }
    }

    /** Without a LAC that has wishes. */
    public LinkConfig(int mru, int mtu, boolean magicNumber, OptionalInt asyncMap, boolean protocolFieldCompression,
            boolean addressControlCompression, Retry retry, Duration echoInterval, int echoFailureCount) {
        this(mru, mtu, magicNumber, asyncMap, protocolFieldCompression, addressControlCompression, retry, echoInterval,
                echoFailureCount, LacWishes.NONE);
    }

    /** Without multilink. */
    public LinkConfig(int mru, int mtu, boolean magicNumber, OptionalInt asyncMap, boolean protocolFieldCompression,
            boolean addressControlCompression, Retry retry, Duration echoInterval, int echoFailureCount, LacWishes wishes) {
        this(mru, mtu, magicNumber, asyncMap, protocolFieldCompression, addressControlCompression, retry, echoInterval,
                echoFailureCount, wishes, Optional.empty());
    }

    /** The same with another part in bundles. */
    public LinkConfig withMultilink(Optional<MultilinkConfig> newMultilink) {
        return new LinkConfig(mru, mtu, magicNumber, asyncMap, protocolFieldCompression, addressControlCompression,
                retry, echoInterval, echoFailureCount, wishes, newMultilink);
    }

    /** The same with other wishes of the line's LAC. */
    public LinkConfig withWishes(LacWishes newWishes) {
        return new LinkConfig(mru, mtu, magicNumber, asyncMap, protocolFieldCompression, addressControlCompression,
                retry, echoInterval, echoFailureCount, newWishes, multilink);
    }

    /** The same with other packet sizes. */
    public LinkConfig withSizes(int newMru, int newMtu) {
        return new LinkConfig(newMru, newMtu, magicNumber, asyncMap, protocolFieldCompression,
                addressControlCompression, retry, echoInterval, echoFailureCount, wishes, multilink);
    }

    /** The same with another echo. */
    public LinkConfig withEcho(Duration interval, int failureCount) {
        return new LinkConfig(mru, mtu, magicNumber, asyncMap, protocolFieldCompression, addressControlCompression,
                retry, interval, failureCount, wishes, multilink);
    }

    /** The same with other counts and interval. */
    public LinkConfig withRetry(Retry newRetry) {
        return new LinkConfig(mru, mtu, magicNumber, asyncMap, protocolFieldCompression, addressControlCompression,
                newRetry, echoInterval, echoFailureCount, wishes, multilink);
    }
}
