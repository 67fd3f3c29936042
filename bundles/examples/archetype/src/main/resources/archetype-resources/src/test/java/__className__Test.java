package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;
#if($service == "Authenticator")
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Map;

import org.isthmus.api.auth.AuthRequest;
import org.isthmus.api.auth.AuthVerdict;
import org.isthmus.api.auth.Credentials;
import org.isthmus.api.config.Secret;
import org.junit.jupiter.api.Test;

class ${className}Test {
    private static AuthVerdict verdict(String configured, Credentials shown) {
        return new ${className}(Map.of("password", configured)).judge(new AuthRequest("alice", "lns", shown, "office", 1, 2, "", ""))
                .toCompletableFuture().join();
    }

    @Test
    void thePasswordDecides() {
        assertInstanceOf(AuthVerdict.Accept.class, verdict("wonderland", new Credentials.Pap(Secret.of("wonderland"))));
        assertInstanceOf(AuthVerdict.Reject.class, verdict("wonderland", new Credentials.Pap(Secret.of("nowhere"))));
    }

    @Test
    void whatItDoesNotKnowIsLeftToOthers() {
        assertEquals(new AuthVerdict.Unknown(), verdict("", new Credentials.Pap(Secret.of(""))));
        assertEquals(new AuthVerdict.Unknown(), verdict("wonderland", new Credentials.ChapMd5(1, new byte[16], new byte[16])));
    }
}
#elseif($service == "AddressPool")
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

import org.isthmus.api.pool.Lease;
import org.isthmus.api.pool.LeaseRequest;
import org.junit.jupiter.api.Test;

class ${className}Test {
    private final ${className} pool = new ${className}();

    private Lease lend() {
        return pool.lend(new LeaseRequest("${artifactId}", "alice", Optional.empty(), "office/alice")).toCompletableFuture().join();
    }

    @Test
    void eachAddressIsLentOnceUntilItComesBack() {
        Set<Lease> lent = new HashSet<>();
        for (int i = 0; i < 253; i++) {
            assertTrue(lent.add(lend()));
        }
        assertThrows(CompletionException.class, this::lend);
        Lease back = lent.iterator().next();
        pool.takeBack(back);
        assertEquals(back.address(), lend().address());
    }

    @Test
    void whatTheVersionBeforeHasLentIsNotLentAgain() {
        Lease lent = new ${className}().lend(new LeaseRequest("${artifactId}", "alice", Optional.empty(), "office/alice"))
                .toCompletableFuture().join();
        assertTrue(pool.adopt(lent));
        assertFalse(lend().address().equals(lent.address()));
    }
}
#elseif($service == "Dataplane")

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelSpec;
import org.junit.jupiter.api.Test;

class ${className}Test {
    @Test
    void packetsAreCounted() {
        TunnelSpec spec = new TunnelSpec("office", 2, 1, 2, Encapsulation.UDP, new InetSocketAddress("192.0.2.1", 1701),
                new InetSocketAddress("192.0.2.2", 1701), -1);
        TunnelPath path = new ${className}().openTunnel(spec, (packet, dscp) -> 0).toCompletableFuture().join();
        path.receive(ByteBuffer.allocateDirect(100), 0);
        assertEquals(1, path.counters().unknownSession());
    }
}
#elseif($service == "PppProvider")

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.config.Settings;
import org.isthmus.api.ppp.PppEnd;
import org.isthmus.api.ppp.PppPort;
import org.isthmus.api.ppp.PppSpec;
import org.junit.jupiter.api.Test;

class ${className}Test implements PppPort {
    private final List<String> ends = new ArrayList<>();

    @Override
    public void changed(PppLinkStatus link) {
        // Not looked at.
    }

    @Override
    public void up(PppLinkStatus link, String interfaceName) {
        // Not looked at.
    }

    @Override
    public void ended(PppEnd why) {
        ends.add(why.message());
    }

    @Test
    void itSaysWhyASessionEnds() {
        PppSpec spec = new PppSpec("office/alice", 1, 2, -1, Settings.EMPTY, true, "lns", Optional.empty(), Optional.empty(),
                Optional.empty(), 1400, "", Duration.ZERO);
        new ${className}().open(spec, this);
        assertEquals(List.of("${artifactId} runs no PPP yet"), ends);
    }
}
#elseif($service == "L2tpListener")

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.isthmus.api.Cause;
import org.isthmus.api.L2tpEvent;
import org.isthmus.api.Origin;
import org.isthmus.api.TunnelState;
import org.isthmus.api.TunnelStatus;
import org.junit.jupiter.api.Test;

class ${className}Test {
    @Test
    void anEventIsToldInWords() {
        TunnelStatus office = new TunnelStatus("office", 1, 2, TunnelState.ESTABLISHED, Origin.LOCAL, Optional.empty(), Optional.empty(),
                "lns", "", "default", "", false, false, 0, Instant.EPOCH, Optional.empty(), Optional.empty(), Cause.NONE, Map.of());
        L2tpEvent up = new L2tpEvent.TunnelEvent(L2tpEvent.Kind.UP, office, Cause.NONE, Instant.EPOCH);
        assertEquals("tunnel office: UP", ${className}.words(up));
    }
}
#elseif($service == "Quirk")
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.List;

import org.isthmus.api.quirk.Message;
import org.isthmus.api.quirk.Peer;
import org.junit.jupiter.api.Test;

class ${className}Test {
    private static final Peer PEER = new Peer(new InetSocketAddress("192.0.2.1", 1701), "lac", "Example Inc.", 1);
    private final ${className} quirk = new ${className}();

    @Test
    void itIsAboutItsVendorOnly() {
        assertTrue(quirk.fits(PEER));
        assertFalse(quirk.fits(new Peer(PEER.address(), "lac", "Somebody else", 1)));
    }

    @Test
    void itGreetsInRequestsForCalls() {
        assertEquals("hello", quirk.added(new Message("ICRQ", "office", 1, 2, PEER)).get(0).text());
        assertEquals(List.of(), quirk.added(new Message("SCCRP", "office", 1, 0, PEER)));
    }
}
#end
