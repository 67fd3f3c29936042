package org.isthmus.examples.sitetags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.isthmus.api.quirk.Message;
import org.isthmus.api.quirk.Peer;
import org.isthmus.api.quirk.VendorAvp;
import org.junit.jupiter.api.Test;

class SiteTagsTest {
    private static final int VENDOR = 32473;
    private static final Peer LAC = new Peer(new InetSocketAddress("192.0.2.1", 1701), "lac7", "", 0);
    private final SiteTags quirk = new SiteTags(Map.of("site", "ams1", "rack", "12", "peers", "lac.*"));

    private static VendorAvp avp(byte... value) {
        return new VendorAvp(false, VENDOR, SiteTag.ATTRIBUTE, value);
    }

    @Test
    void requestsCarryTheTag() {
        for (String type : List.of("SCCRQ", "SCCRP", "ICRQ")) {
            List<VendorAvp> added = quirk.added(new Message(type, "office", 1, 0, LAC));
            assertEquals(Optional.of(new SiteTag("ams1", 12)), SiteTag.of(added.get(0), VENDOR));
            assertFalse(added.get(0).mandatory(), "peers that do not know it can do without");
        }
        assertEquals(List.of(), quirk.added(new Message("CDN", "office", 1, 2, LAC)));
    }

    @Test
    void itIsAboutItsPeersOnly() {
        assertTrue(quirk.fits(LAC));
        assertTrue(quirk.fits(new Peer(LAC.address(), "", "", 0)));
        assertFalse(quirk.fits(new Peer(LAC.address(), "stranger", "", 0)));
        assertTrue(quirk.understands(VENDOR, SiteTag.ATTRIBUTE));
        assertFalse(quirk.understands(9, SiteTag.ATTRIBUTE));
    }

    @Test
    void whatIsNoTagSaysNothing() {
        assertEquals(Optional.of(new SiteTag("a", 258)), SiteTag.of(avp((byte) 1, (byte) 2, (byte) 'a'), VENDOR));
        assertEquals(Optional.empty(), SiteTag.of(avp(), VENDOR));
        assertEquals(Optional.empty(), SiteTag.of(avp((byte) 0, (byte) 1), VENDOR));
        assertEquals(Optional.empty(), SiteTag.of(avp((byte) 0, (byte) 1, (byte) 0xff), VENDOR), "no UTF-8");
        assertEquals(Optional.empty(), SiteTag.of(avp("\0\1a\nERROR faked".getBytes(StandardCharsets.UTF_8)), VENDOR));
        assertEquals(Optional.empty(), SiteTag.of(avp(new byte[200]), VENDOR));
        assertEquals(Optional.empty(), SiteTag.of(avp((byte) 0, (byte) 1, (byte) 'a'), 9));
    }

    @Test
    void anyBytesAreReadWithoutHarm() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            byte[] value = new byte[random.nextInt(70)];
            random.nextBytes(value);
            quirk.received(new Message("SCCRQ", "tunnel" + i, 1, 0, LAC), List.of(avp(value)));
        }
    }

    @Test
    void aConfigurationThatCannotBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SiteTags(Map.of()));
        assertThrows(IllegalArgumentException.class, () -> new SiteTags(Map.of("site", "ams1", "rack", "70000")));
    }
}
