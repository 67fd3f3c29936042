package org.isthmus.dataplane.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.Header;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.Sequencing;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelSpec;
import org.isthmus.api.dataplane.V2Header;
import org.isthmus.api.dataplane.V3Header;
import org.isthmus.linux.l2tp.KernelSession;
import org.isthmus.linux.l2tp.KernelSession.Pseudowire;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;

/** What the kernel is told of a session. */
class SessionTermsTest {
    private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.1", 1701);
    private static final byte[] OURS = {1, 2, 3, 4};
    private static final byte[] THEIRS = {5, 6, 7, 8, 9, 10, 11, 12};

    private static TunnelSpec tunnel(int version, Encapsulation encapsulation) {
        return new TunnelSpec("t", version, 1, 2, encapsulation, HERE, HERE, 5);
    }

    private static SessionSpec spec(boolean lns, Sequencing sequencing, Header header) {
        return new SessionSpec("s", 3, 4, lns, sequencing, header, new PppPseudowire(true, true, true), "", 1400);
    }

    private static KernelSession of(boolean lns, Sequencing sequencing, Header header) {
        int version = header instanceof V2Header ? 2 : 3;
        return SessionTerms.of(tunnel(version, Encapsulation.UDP), spec(lns, sequencing, header), Pseudowire.PPP, "");
    }

    @Test
    void anLnsOfVersion2KeepsItsNumberingAndALacFollows() {
        Sequencing all = new Sequencing(DataSequencing.ALL, false, 200);
        KernelSession lns = of(true, all, V2Header.PLAIN);
        assertTrue(lns.keepsNumbering() && lns.sendsNumbers());
        assertFalse(lns.requiresNumbers());
        assertEquals(200, lns.reorderMillis());
        assertFalse(of(false, Sequencing.NONE, V2Header.PLAIN).keepsNumbering());
        assertTrue(lns.header().isEmpty());
    }

    @Test
    void numbersForWhatIsNotIpGoIntoAllAndAreNotDemandedOfAll() {
        KernelSession session = of(true, new Sequencing(DataSequencing.NON_IP, true, 0), V2Header.PLAIN);
        assertTrue(session.sendsNumbers());
        assertFalse(session.requiresNumbers());
    }

    @Test
    void thePeersCookieIsSentAndOursIsExpected() {
        KernelSession session = of(true, Sequencing.NONE, new V3Header(OURS, THEIRS, true, true));
        assertArrayEquals(THEIRS, session.header().orElseThrow().sentCookie());
        assertArrayEquals(OURS, session.header().orElseThrow().expectedCookie());
        assertTrue(session.header().orElseThrow().sublayer());
    }

    @Test
    void headersAreAsLongAsTheKernelWritesThem() {
        Sequencing all = new Sequencing(DataSequencing.ALL, false, 0);
        assertEquals(6, SessionTerms.headerBytes(tunnel(2, Encapsulation.UDP), spec(true, Sequencing.NONE, V2Header.PLAIN)));
        assertEquals(10, SessionTerms.headerBytes(tunnel(2, Encapsulation.UDP), spec(true, all, V2Header.PLAIN)));
        V3Header v3 = new V3Header(OURS, THEIRS, true, true);
        assertEquals(20, SessionTerms.headerBytes(tunnel(3, Encapsulation.UDP), spec(true, all, v3)));
        assertEquals(16, SessionTerms.headerBytes(tunnel(3, Encapsulation.IP), spec(true, all, v3)));
    }
}
