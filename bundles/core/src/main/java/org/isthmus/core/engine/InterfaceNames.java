package org.isthmus.core.engine;

import org.isthmus.api.config.InterfaceMode;
import org.isthmus.api.config.PseudowireType;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;
import org.isthmus.api.config.ValueTypes;

/** What the interfaces of sessions are called. */
final class InterfaceNames {
    private static final String ETHERNET = "l2tpe" + ValueTypes.IDENTIFIER_PLACE;
    private static final String PPP = "l2tpp" + ValueTypes.IDENTIFIER_PLACE;

    private InterfaceNames() {
    }

    /**
     * The name that a session's interface is to have; empty where the data plane chooses.
     *
     * @param interfaceEach whether the data plane gives each PPP session an interface in any case
     * @param version3 whether its identifier alone tells it from all others; in version 2 only that of its tunnel does, too
     */
    static String of(SessionPlan plan, Settings system, boolean interfaceEach, boolean version3, int tunnelId, int sessionId) {
        String pattern = plan.session().find(SessionParameters.INTERFACE_NAME).orElseGet(() -> ofOurOwn(plan, system, interfaceEach));
        return pattern.replace(ValueTypes.IDENTIFIER_PLACE,
                version3 ? String.format("3%08x", sessionId) : String.format("%04x%04x", tunnelId, sessionId));
    }

    private static String ofOurOwn(SessionPlan plan, Settings system, boolean interfaceEach) {
        if (!system.get(SystemParameters.AUTONAME_INTERFACES)) {
            return "";
        }
        if (plan.pseudowireType() != PseudowireType.PPP) {
            return ETHERNET;
        }
        return interfaceEach || system.get(SystemParameters.INTERFACE_MODE) == InterfaceMode.PER_SESSION ? PPP : "";
    }
}
