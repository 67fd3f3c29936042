package org.isthmus.core.engine;

import static org.isthmus.api.config.SessionParameters.*;

import java.util.Optional;

import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.config.PppParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.api.dataplane.BridgePort;
import org.isthmus.api.dataplane.EthernetPseudowire;
import org.isthmus.api.dataplane.Header;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.Pseudowire;
import org.isthmus.api.dataplane.Sequencing;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.V2Header;
import org.isthmus.api.dataplane.V3Header;
import org.isthmus.api.dataplane.VlanPseudowire;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.tunnel.SessionData;

/** From what was configured and negotiated to what a data plane is told of a session. */
final class SessionSpecs {
    private SessionSpecs() {
    }

    static SessionSpec of(String name, String interfaceName, SessionControl control, SessionPlan plan, ConnectedCall connected, Settings tunnel) {
        Settings session = plan.session();
        Optional<SessionData> data = control.data();
        return new SessionSpec(name, control.localId(), control.remoteId(), !control.isLac(),
                data.map(agreed -> sequencing(session, agreed)).orElseGet(() -> sequencing(session, connected)),
                data.map(SessionSpecs::header).orElseGet(() -> header(session)),
                pseudowire(plan, control, tunnel), interfaceName, mtu(plan, tunnel), dscp(control, tunnel));
    }

    /** The largest network packet; for Ethernet, what follows a frame's header. */
    static int mtu(SessionPlan plan, Settings tunnel) {
        return switch (plan.pseudowireType()) {
            case PPP -> Math.min(plan.ppp().get(PppParameters.MTU), tunnel.get(TunnelParameters.MTU));
            case ETHERNET, VLAN -> plan.session().get(MTU);
        };
    }

    /** What was agreed on (RFC 3308); a static session has what is set. */
    private static int dscp(SessionControl control, Settings tunnel) {
        return control.negotiated().map(negotiated -> negotiated.dscp().orElse(0))
                .orElseGet(() -> tunnel.find(TunnelParameters.SESSION_DSCP).orElse(0));
    }

    private static Sequencing sequencing(Settings session, ConnectedCall connected) {
        boolean required = session.get(SEQUENCING_REQUIRED) || connected.sequencingRequired();
        boolean all = required || session.get(USE_SEQUENCE_NUMBERS);
        return new Sequencing(all ? DataSequencing.ALL : session.get(DATA_SEQUENCING), required, reorderMillis(session));
    }

    private static Sequencing sequencing(Settings session, SessionData agreed) {
        DataSequencing sent = switch (agreed.sequencingSent()) {
            case NONE -> DataSequencing.NONE;
            case NON_IP -> DataSequencing.NON_IP;
            case ALL -> DataSequencing.ALL;
        };
        return new Sequencing(sent, session.get(SEQUENCING_REQUIRED), reorderMillis(session));
    }

    private static int reorderMillis(Settings session) {
        return (int) session.get(REORDER_TIMEOUT).toMillis();
    }

    private static Header header(Settings session) {
        return new V2Header(session.get(USE_LENGTH), session.get(OFFSET), session.get(USE_PRIORITY));
    }

    private static Header header(SessionData agreed) {
        return new V3Header(agreed.localCookie(), agreed.remoteCookie(), agreed.sublayerSent(), agreed.sublayerExpected());
    }

    private static Pseudowire pseudowire(SessionPlan plan, SessionControl control, Settings tunnel) {
        Settings session = plan.session();
        String bridge = session.find(BRIDGE).orElse("");
        BridgePort port = new BridgePort(session.get(BRIDGE_ISOLATED), session.get(BRIDGE_TEMPORARY));
        long mac = session.find(MAC).orElseGet(() -> mac(control, tunnel));
        return switch (plan.pseudowireType()) {
            case PPP -> new PppPseudowire(session.get(PPP_FRAMING), plan.ppp().get(PppParameters.MSS_CLAMP),
                    plan.ppp().get(PppParameters.INGRESS_FILTER), ProvidedPpp.isWanted(plan), PppConfigs.encrypts(plan.ppp()));
            case ETHERNET -> new EthernetPseudowire(bridge, mac, port);
            case VLAN -> new VlanPseudowire(session.get(VLAN_ID), bridge, mac, port);
        };
    }

    private static long mac(SessionControl control, Settings tunnel) {
        return control.negotiated().isPresent() ? HardwareAddress.of(control.localId(), control.remoteId())
                : HardwareAddress.of(control.localId(), control.remoteId(), tunnel);
    }
}
