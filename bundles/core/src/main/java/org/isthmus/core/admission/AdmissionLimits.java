package org.isthmus.core.admission;

import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;

/**
 * The limits of one worker's {@link FrontDoor}. Rates are per second, 0 for no limit.
 *
 * <p>What holds for the whole appliance is shared out among the workers, at least 1 for each. What holds for one source
 * is not: the kernel (SO_REUSEPORT) sends all packets of one address and port to one worker, so an ordinary peer sees
 * exactly the limit; only a source that uses many ports meets several workers and can have as many times the limit.
 *
 * @param halfOpen          places for tunnels of unknown peers that are not yet up
 * @param halfOpenPerSource the same for one source address (IPv6: one /64)
 * @param sccrqRate         tunnel requests of unknown peers together
 * @param sccrqSourceRate   tunnel requests of one source
 * @param callRate          calls of peers
 */
public record AdmissionLimits(int halfOpen, int halfOpenPerSource, int sccrqRate, int sccrqSourceRate, int callRate) {

    /** One worker's share of what the {@code system} block says. */
    public static AdmissionLimits of(Settings system, int workers) {
        return new AdmissionLimits(
                share(system.get(SystemParameters.HALF_OPEN_LIMIT), workers),
                system.get(SystemParameters.HALF_OPEN_LIMIT_PER_SOURCE),
                share(system.get(SystemParameters.SCCRQ_RATE_LIMIT), workers),
                system.get(SystemParameters.SCCRQ_RATE_LIMIT_PER_SOURCE),
                share(system.get(SystemParameters.CALL_RATE_LIMIT), workers));
    }

    private static int share(int whole, int workers) {
        return whole == 0 ? 0 : Math.max(1, whole / workers);
    }
}
