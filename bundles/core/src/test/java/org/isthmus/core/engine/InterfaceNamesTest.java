package org.isthmus.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;

import org.isthmus.api.Origin;
import org.isthmus.api.config.InterfaceMode;
import org.isthmus.api.config.PseudowireType;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.SessionType;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;
import org.isthmus.core.desired.ResolvedSession;
import org.junit.jupiter.api.Test;

class InterfaceNamesTest {
    private static final Settings AUTONAME = Settings.builder().set(SystemParameters.AUTONAME_INTERFACES, true).build();

    private static String name(Settings system, boolean version3, Settings session, Settings ppp) {
        return name(system, false, version3, session, ppp);
    }

    private static String name(Settings system, boolean interfaceEach, boolean version3, Settings session, Settings ppp) {
        SessionPlan plan = new SessionPlan("s", Origin.REMOTE, SessionType.LNIC, new ResolvedSession(session, "p", ppp, "p"), null);
        return InterfaceNames.of(plan, system, interfaceEach, version3, 0xabc, 0x12);
    }

    private static Settings.Builder session() {
        return Settings.builder();
    }

    @Test
    void aNameIsTakenAsItIsAndAPatternIsFilledWithWhatNoOtherSessionHas() {
        assertEquals("office", name(Settings.EMPTY, false, session().set(SessionParameters.INTERFACE_NAME, "office").build(), Settings.EMPTY));
        Settings pattern = session().set(SessionParameters.INTERFACE_NAME, "c-%i").build();
        assertEquals("c-0abc0012", name(Settings.EMPTY, false, pattern, Settings.EMPTY));
        assertEquals("c-300000012", name(Settings.EMPTY, true, pattern, Settings.EMPTY));
    }

    @Test
    void withoutANameTheDataPlaneChoosesUnlessWeAreToNameThem() {
        Settings ethernet = session().set(SessionParameters.PSEUDOWIRE_TYPE, PseudowireType.ETHERNET).build();
        assertEquals("", name(Settings.EMPTY, true, ethernet, Settings.EMPTY));
        assertEquals("l2tpe300000012", name(AUTONAME, true, ethernet, Settings.EMPTY));
    }

    @Test
    void pppIsNamedOnlyWhereItHasAnInterfaceEach() {
        Settings each = Settings.builder().set(SystemParameters.INTERFACE_MODE, InterfaceMode.PER_SESSION).build().over(AUTONAME);
        assertEquals("", name(AUTONAME, false, Settings.EMPTY, Settings.EMPTY));
        assertEquals("l2tpp0abc0012", name(each, false, Settings.EMPTY, Settings.EMPTY));
        assertEquals("l2tpp0abc0012", name(AUTONAME, true, false, Settings.EMPTY, Settings.EMPTY), "the data plane makes them in any case");
        assertEquals("", name(Settings.EMPTY, true, false, Settings.EMPTY, Settings.EMPTY));
    }
}
