package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.PPP_ESTABLISHED;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.Cause;
import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.auth.AuthVerdict;
import org.isthmus.api.config.PppParameters;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.ppp.PppEnd;
import org.isthmus.api.ppp.PppPort;
import org.isthmus.api.ppp.PppProvider;
import org.isthmus.api.ppp.PppRun;
import org.isthmus.api.ppp.PppSpec;
import org.isthmus.core.plugin.CallRecord;
import org.isthmus.core.plugin.PluginFailure;
import org.isthmus.core.plugin.RecordedPppRun;
import org.isthmus.ppp.AddressGrant;
import org.isthmus.ppp.AuthConfig;
import org.isthmus.ppp.CloseReason;
import org.isthmus.protocol.wire.DisconnectCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PPP of a session in the hands of a plugin: lends it addresses, starts it on the session's path, anew when the path is
 * another one, and hears what becomes of it.
 */
final class ProvidedPpp implements RunningPpp, PppAddresses.Asker {
    private static final Logger LOG = LoggerFactory.getLogger(ProvidedPpp.class);
    private static final PppLinkStatus STARTING = new PppLinkStatus("dead", "", "none", Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), List.of(), 0, 0);

    private final LiveSession session;
    private final Worker worker;
    private final SessionPlan plan;
    private final Settings settings;
    private final PppAddresses addresses;
    private Optional<AddressGrant.Ipv4> lent = Optional.empty();
    private Optional<Run> run = Optional.empty();
    private PppLinkStatus status = STARTING;
    private String interfaceName = "";
    private boolean ready;
    private boolean wasUp;
    private boolean closed;

    /** One start of it, and what that one tells; it is listened to as long as it is the latest. */
    private final class Run implements PppPort {
        private PppRun begun;

        @Override
        public void changed(PppLinkStatus link) {
            told(this, () -> status = link);
        }

        @Override
        public void up(PppLinkStatus link, String name) {
            told(this, () -> packetsPass(link, name));
        }

        @Override
        public void ended(PppEnd why) {
            told(this, () -> over(why));
        }
    }

    ProvidedPpp(LiveSession session, SessionPlan plan) {
        this.session = session;
        this.worker = session.tunnel().worker();
        this.plan = plan;
        this.settings = plan.ppp();
        this.addresses = new PppAddresses(session, settings);
    }

    /** Whether the profile names a provider other than the engine itself. */
    static boolean isWanted(SessionPlan plan) {
        return !plan.ppp().get(PppParameters.PROVIDER).equals(PppParameters.INTERNAL);
    }

    @Override
    public void open() {
        if (session.lifecycle().awaitsUser()) {
            over(new PppEnd(false, 0, "a call whose user decides where it is switched to needs ppp_provider internal in ppp profile \""
                    + plan.values().pppProfile() + "\""));
        } else if (settings.get(PppParameters.IPV4) && PppConfigs.lends(settings, session.isLac())) {
            addresses.needed("", AcceptedUser.NOBODY, this);
        } else {
            begin();
        }
    }

    // ---- PppAddresses.Asker

    @Override
    public void given(AddressGrant.Ipv4 ours) {
        lent = Optional.of(ours);
        begin();
    }

    @Override
    public void refused(String why) {
        over(new PppEnd(false, CloseReason.Cause.NO_ADDRESS.disconnectCode(), why));
    }

    // ---- its run

    private void begin() {
        ready = true;
        attached();
    }

    /** Another path has another socket: PPP starts again on it. */
    @Override
    public void attached() {
        run.ifPresent(this::abandon);
        run = Optional.empty();
        if (closed || !ready) {
            return;
        }
        session.path().ifPresent(path -> {
            String name = settings.get(PppParameters.PROVIDER);
            Optional<PppProvider> provider = worker.engine().pppProviders().find(name);
            if (provider.filter(found -> record(found).isSetAside()).isPresent()) {
                over(new PppEnd(false, 0, "ppp_provider \"" + name + "\" has failed repeatedly and is set aside, see l2tp:plugins"));
            } else if (provider.isEmpty()) {
                over(new PppEnd(false, 0, "there is no ppp_provider \"" + name + "\", which ppp profile \"" + plan.values().pppProfile()
                        + "\" asks for: install the feature l2tp-" + name + ", or set ppp_provider internal"));
            } else {
                start(provider.get(), path);
            }
        });
    }

    private void start(PppProvider provider, SessionPath path) {
        Run next = new Run();
        run = Optional.of(next);
        try {
            PppSpec spec = spec(path);
            next.begun = new RecordedPppRun(record(provider), () -> provider.open(spec, next));
        } catch (PluginFailure broken) {
            over(new PppEnd(false, 0, "ppp_provider \"" + provider.name() + "\" failed: " + Words.of(broken)));
        }
    }

    private CallRecord record(PppProvider provider) {
        return worker.engine().plugins().book().of(provider);
    }

    private PppSpec spec(SessionPath path) {
        AuthConfig.Credentials shown = PppConfigs.credentials(plan, worker.engine().users(), session.tunnel().peerHostName());
        Optional<PppSpec.Login> login = shown == AuthConfig.Credentials.NONE ? Optional.empty()
                : Optional.of(new PppSpec.Login(shown.name(), Secret.of(shown.password())));
        Optional<Inet4Address> local = lent.map(AddressGrant.Ipv4::local)
                .or(() -> PppConfigs.ipv4(settings, PppParameters.LOCAL_ADDRESS));
        Optional<Inet4Address> remote = lent.map(AddressGrant.Ipv4::remote)
                .or(() -> PppConfigs.ipv4(settings, PppParameters.REMOTE_ADDRESS));
        return new PppSpec(session.fullName(), session.tunnel().tunnelId(), session.sessionId(), path.pppSocket(), settings,
                PppConfigs.demandsProof(settings, session.isLac()),
                settings.find(PppParameters.LOCAL_NAME).orElse(worker.engine().hostName()), login, local, remote,
                session.largestPacket(), session.wantedInterface(),
                plan.session().get(SessionParameters.IDLE_TIMEOUT));
    }

    @Override
    public void close(String why) {
        if (run.isPresent()) {
            run.ifPresent(current -> worker.guard("end the PPP of session " + session.title(), () -> current.begun.close(why)));
        } else {
            over(new PppEnd(false, CloseReason.Cause.CLOSED_LOCALLY.disconnectCode(), why));
        }
    }

    @Override
    public void lowerDown() {
        closed = true;
        run.ifPresent(this::abandon);
        run = Optional.empty();
        addresses.stop();
    }

    private void abandon(Run old) {
        worker.guard("drop the PPP of session " + session.title(), () -> old.begun.abandon());
    }

    @Override
    public void mtu(int largest) {
        run.ifPresent(current -> worker.guard("set the MTU of session " + session.title(), () -> current.begun.mtu(largest)));
    }

    // ---- what it tells

    private void told(Run teller, Runnable news) {
        worker.post(() -> {
            if (!closed && run.orElse(null) == teller) {
                news.run();
            }
        });
    }

    private void packetsPass(PppLinkStatus link, String name) {
        status = link;
        interfaceName = name;
        if (!wasUp) {
            wasUp = true;
            worker.count(PPP_ESTABLISHED);
        }
        LOG.info("session {}: packets pass on {}{}{}", session.title(), name, link.localAddress().isPresent() ? ", "
                + link.localAddress().get().getHostAddress() + " to " + link.remoteAddress().map(it -> it.getHostAddress()).orElse("?")
                : "", link.localIpv6().isPresent() ? ", IPv6" : "");
        session.pppUp(new AcceptedUser(link.userName(), AuthVerdict.Grant.NOTHING));
    }

    private void over(PppEnd why) {
        closed = true;
        run = Optional.empty();
        addresses.stop();
        session.end().pppClosed(new Cause(why.byPeer(), 0, 0, "PPP: " + why.message()),
                new DisconnectCause(why.disconnectCode(), 0, why.disconnectCode() == 0 ? 0 : why.byPeer() ? 1 : 2, ""));
    }

    // ---- what it is

    @Override
    public PppLinkStatus status() {
        return status;
    }

    @Override
    public String interfaceName() {
        return interfaceName;
    }
}
