package org.isthmus.core.desired;

import org.isthmus.api.config.Settings;

/**
 * The values that hold for a session.
 *
 * @param settings   the session's own over its profile's over those of the profile {@code default}
 * @param profile    the name of its session profile
 * @param ppp        the values of its PPP profile over those of the profile {@code default}
 * @param pppProfile the name of its PPP profile
 */
public record ResolvedSession(Settings settings, String profile, Settings ppp, String pppProfile) {
}
