package org.isthmus.ppp;

import java.time.Duration;

/**
 * How long one control protocol tries, RFC 1661 section 4.6.
 *
 * @param maxConfigureRequests Configure-Requests without an answer before it gives up ({@code lcp_max_config_requests},
 *        {@code ipcp_max_config_requests}), at least 1
 * @param maxConfigureNaks Configure-Naks in a row, sent or received, before they become Configure-Rejects
 *        ({@code …_max_config_naks}), at least 1
 * @param maxTerminateRequests Terminate-Requests without an answer before the link is taken for closed
 *        ({@code …_max_terminate_requests}), at least 1
 * @param interval the time between two of them ({@code …_retransmit_interval}), more than 0
 */
public record Retry(int maxConfigureRequests, int maxConfigureNaks, int maxTerminateRequests, Duration interval) {
    /** 10 requests, 10 Naks, 3 Terminate-Requests, 3 seconds apart. */
    public static final Retry DEFAULT = new Retry(10, 10, 3, Duration.ofSeconds(3));

    public Retry {
        if (maxConfigureRequests < 1 || maxConfigureNaks < 1 || maxTerminateRequests < 1
                || interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("counts must be 1 or more and the interval more than 0");
        }
    }
}
