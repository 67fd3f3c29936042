package org.isthmus.api;

import java.time.Instant;
import java.util.Optional;

/**
 * An LNS to which calls are switched, as it stands. Immutable.
 *
 * @param switchName the {@code switch} block
 * @param lnsName    the {@code lns} block inside it
 * @param tunnelName the tunnel to it, which is opened when first needed
 * @param peer       its host and port, as configured
 * @param preference lower ones are tried first
 * @param weight     its share among those of the same preference
 * @param calls      calls that it has now
 * @param taken      calls that it has taken
 * @param failed     times that it failed
 * @param setAside   until when it is set aside, since it failed
 * @param lastCause  why it last failed
 */
public record SwitchStatus(String switchName, String lnsName, String tunnelName, String peer, int preference,
        int weight, int calls, long taken, long failed, Optional<Instant> setAside, String lastCause) {
}
