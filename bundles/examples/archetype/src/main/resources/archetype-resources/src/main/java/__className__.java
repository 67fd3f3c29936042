package ${package};

#if($service == "Authenticator")
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.auth.AuthRequest;
import org.isthmus.api.auth.AuthVerdict;
import org.isthmus.api.auth.Authenticator;
import org.isthmus.api.auth.Credentials;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Judges users by a password that all of them have: the property {@code password} of etc/${groupId}.${artifactId}.cfg. What it does not
 * know it leaves to others. Called on a thread of its own; an answer may come up to 15 s later from any thread.
 */
@Component(configurationPid = "${groupId}.${artifactId}", property = "service.ranking:Integer=10")
public final class ${className} implements Authenticator {
    private final String password;

    @Activate
    public ${className}(Map<String, Object> configuration) {
        password = String.valueOf(configuration.getOrDefault("password", ""));
    }

    @Override
    public String name() {
        return "${artifactId}";
    }

    @Override
    public CompletionStage<AuthVerdict> judge(AuthRequest request) {
        return CompletableFuture.completedFuture(verdict(request));
    }

    private AuthVerdict verdict(AuthRequest request) {
        if (password.isEmpty() || !(request.credentials() instanceof Credentials.Pap pap)) {
            return new AuthVerdict.Unknown();
        }
        return pap.password().reveal().equals(password) ? new AuthVerdict.Accept("", "", AuthVerdict.Grant.NOTHING)
                : new AuthVerdict.Reject("wrong password", "user " + request.user() + " has another password");
    }
}
#elseif($service == "AddressPool")
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.config.Block;
import org.isthmus.api.pool.AddressPool;
import org.isthmus.api.pool.Lease;
import org.isthmus.api.pool.LeaseRequest;
import org.isthmus.api.pool.PoolException;
import org.isthmus.api.pool.PoolException.Reason;
import org.isthmus.api.pool.PoolStatus;
import org.osgi.service.component.annotations.Component;

/**
 * Lends 10.255.0.2 to 10.255.0.254 to those whose {@code ip_pool_name} is {@code ${artifactId}}; l2tpd.conf must have a block ippool of that
 * name. Called on a thread of its own; an answer may come up to 15 s later from any thread.
 */
@Component(immediate = true, // else it would forget its leases when the engine is replaced
        property = "service.ranking:Integer=10") // asked before the appliance's own
public final class ${className} implements AddressPool {
    private static final String POOL = "${artifactId}";
    private static final int FIRST = 2;
    private static final int LAST = 254;

    /** What is out, by the last byte of the address. */
    private final Map<Integer, Lease> out = new TreeMap<>();
    private long lends;
    private long returns;
    private long refusals;

    @Override
    public synchronized CompletionStage<Lease> lend(LeaseRequest request) {
        if (!request.pool().equals(POOL)) {
            return CompletableFuture.failedFuture(new PoolException(Reason.NO_SUCH_POOL, "there is no pool " + request.pool()));
        }
        for (int last = FIRST; last <= LAST; last++) {
            if (!out.containsKey(last)) {
                Lease lease = new Lease(POOL, address(last), Optional.of(address(1)), request.holder());
                out.put(last, lease);
                lends++;
                return CompletableFuture.completedFuture(lease);
            }
        }
        refusals++;
        return CompletableFuture.failedFuture(new PoolException(Reason.EXHAUSTED, "the pool " + POOL + " is empty"));
    }

    @Override
    public synchronized void takeBack(Lease lease) {
        if (lease.pool().equals(POOL) && out.remove(last(lease.address())) != null) {
            returns++;
        }
    }

    /** After an update: what the version before it has lent. */
    @Override
    public synchronized boolean adopt(Lease lease) {
        return lease.pool().equals(POOL) && out.putIfAbsent(last(lease.address()), lease) == null;
    }

    @Override
    public void configure(List<Block> pools) {
        // What l2tpd.conf says of pools; this one has its addresses from above.
    }

    @Override
    public synchronized List<PoolStatus> status() {
        return List.of(new PoolStatus(POOL, LAST - FIRST + 1, out.size(), 0, false, lends, returns, refusals));
    }

    private static int last(InetAddress address) {
        return address.getAddress()[address.getAddress().length - 1] & 0xff;
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, (byte) 255, 0, (byte) last});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
#elseif($service == "Dataplane")
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.DataplaneSettings;
import org.isthmus.api.dataplane.EthernetPseudowire;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelDataCounters;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.api.dataplane.TunnelSpec;
import org.osgi.service.component.annotations.Component;

/**
 * A data plane that drops all packets, and counts those of each tunnel, for tunnels with {@code dataplane ${artifactId}}: replace that by
 * what your hardware does. All calls come from the engine's workers, one at a time for a tunnel, and must not block.
 */
@Component(immediate = true, // else it would be taken down when the engine, its only user, is replaced
        property = {"name=${artifactId}", "service.ranking:Integer=-100"})
public final class ${className} implements Dataplane {

    @Override
    public String name() {
        return "${artifactId}";
    }

    /** Without PPP: frames of the control protocols would have to pass, see {@link SessionPath} and {@link SessionPort}. */
    @Override
    public Set<Ability> abilities() {
        return EnumSet.of(Ability.L2TPV2, Ability.L2TPV3, Ability.UDP, Ability.IP, Ability.ETHERNET);
    }

    @Override
    public void configure(DataplaneSettings settings) {
        // It has no interfaces.
    }

    @Override
    public CompletionStage<TunnelPath> openTunnel(TunnelSpec spec, TunnelPort port) {
        return CompletableFuture.completedFuture(new Tunnel());
    }

    private static final class Tunnel implements TunnelPath {
        private long packets;

        @Override
        public CompletionStage<SessionPath> openSession(SessionSpec spec, SessionPort port) {
            return spec.pseudowire() instanceof EthernetPseudowire ? CompletableFuture.completedFuture(new Session())
                    : CompletableFuture.failedFuture(new DataplaneException("${artifactId} carries Ethernet only"));
        }

        @Override
        public void receive(ByteBuffer packet, long nowMillis) {
            packets++;
        }

        @Override
        public void peerMoved(TunnelSpec spec) {
            // Nothing is sent.
        }

        @Override
        public TunnelDataCounters counters() {
            return new TunnelDataCounters(0, packets);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static final class Session implements SessionPath {

        @Override
        public void sendPpp(ByteBuffer frame) {
            throw new UnsupportedOperationException("${artifactId} carries no PPP");
        }

        @Override
        public CompletionStage<Void> networkUp(NetworkSpec network) {
            return CompletableFuture.failedFuture(new DataplaneException("${artifactId} carries no PPP"));
        }

        @Override
        public void networkDown() {
            // It has no network.
        }

        @Override
        public void passTo(SessionPath other) {
            throw new IllegalArgumentException("${artifactId} carries no PPP");
        }

        @Override
        public void mtu(int mtu) {
            // Nothing is sent.
        }

        @Override
        public String interfaceName() {
            return "";
        }

        @Override
        public SessionDataCounters counters() {
            return SessionDataCounters.ZERO;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
#elseif($service == "PppProvider")
import org.isthmus.api.ppp.PppEnd;
import org.isthmus.api.ppp.PppPort;
import org.isthmus.api.ppp.PppProvider;
import org.isthmus.api.ppp.PppProviderSettings;
import org.isthmus.api.ppp.PppRun;
import org.isthmus.api.ppp.PppSpec;
import org.osgi.service.component.annotations.Component;

/**
 * The PPP of sessions whose profile says {@code ppp_provider ${artifactId}}. So far it ends each of them: have {@link #open} start yours on
 * {@link PppSpec#socket}, and tell the port what becomes of it. Calls come from the engine's workers and must not block; the port may be
 * told from any thread.
 */
@Component(immediate = true) // else it would be taken down when the engine is replaced
public final class ${className} implements PppProvider {

    @Override
    public String name() {
        return "${artifactId}";
    }

    @Override
    public void configure(PppProviderSettings settings) {
        // It has no limits.
    }

    @Override
    public PppRun open(PppSpec spec, PppPort port) {
        port.ended(new PppEnd(false, 0, "${artifactId} runs no PPP yet"));
        return new PppRun() {
            @Override
            public void close(String why) {
                port.ended(new PppEnd(false, 0, why));
            }

            @Override
            public void abandon() {
                // Nothing runs.
            }

            @Override
            public void mtu(int mtu) {
                // Nothing runs.
            }
        };
    }
}
#elseif($service == "L2tpListener")
import org.isthmus.api.L2tpEvent;
import org.isthmus.api.L2tpListener;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the log what happens. Called on a thread of its own, in the order in which things happened to each tunnel. While it is slow
 * events wait for it, and beyond 65536 they are dropped.
 */
@Component
public final class ${className} implements L2tpListener {
    private static final Logger LOG = LoggerFactory.getLogger(${className}.class);

    @Override
    public void happened(L2tpEvent event) {
        LOG.info("{}", words(event));
    }

    static String words(L2tpEvent event) {
        if (event instanceof L2tpEvent.TunnelEvent tunnel) {
            return "tunnel " + tunnel.tunnel().name() + ": " + tunnel.kind();
        }
        L2tpEvent.SessionEvent session = (L2tpEvent.SessionEvent) event;
        return "session " + session.session().tunnelName() + "/" + session.session().name() + ": " + session.kind();
    }
}
#elseif($service == "Quirk")
import java.util.List;

import org.isthmus.api.quirk.Message;
import org.isthmus.api.quirk.Peer;
import org.isthmus.api.quirk.Quirk;
import org.isthmus.api.quirk.VendorAvp;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows peers that say that they are of a vendor: understands that vendor's AVPs and writes them into the log, and says who we are in each
 * request for a call. Called by the engine's workers: a call must not block.
 */
@Component
public final class ${className} implements Quirk {
    private static final Logger LOG = LoggerFactory.getLogger(${className}.class);
    private static final String VENDOR_NAME = "Example";
    /** The number for examples (RFC 5612): put the vendor's in its place. */
    private static final int VENDOR_ID = 32473;
    private static final int GREETING = 1;

    @Override
    public String name() {
        return "${artifactId}";
    }

    @Override
    public boolean fits(Peer peer) {
        return peer.vendorName().startsWith(VENDOR_NAME);
    }

    @Override
    public boolean understands(int vendorId, int attribute) {
        return vendorId == VENDOR_ID;
    }

    @Override
    public List<VendorAvp> added(Message message) {
        return message.type().equals("ICRQ") ? List.of(VendorAvp.text(VENDOR_ID, GREETING, "hello")) : List.of();
    }

    @Override
    public void received(Message message, List<VendorAvp> avps) {
        LOG.info("tunnel {}: {} came with {}", message.tunnel(), message.type(), avps);
    }
}
#end
