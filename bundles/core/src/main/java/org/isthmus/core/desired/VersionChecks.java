package org.isthmus.core.desired;

import static org.isthmus.api.config.SessionParameters.*;

import java.util.function.Consumer;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.config.L2SpecType;
import org.isthmus.api.config.L2tpVersion;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.PseudowireType;
import org.isthmus.api.config.SessionType;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.api.config.ValueTypes;

/** What the two versions of L2TP, static tunnels and pseudowires demand. Says what is wrong and how to mend it. */
final class VersionChecks {
    private static final int MOST_IN_VERSION_2 = 65_535;

    private VersionChecks() {
    }

    static void tunnel(Block tunnel, ResolvedTunnel resolved, Consumer<String> problems) {
        Settings settings = resolved.settings();
        L2tpVersion version = resolved.version();
        if (settings.get(TunnelParameters.STATIC)) {
            if (version != L2tpVersion.L2TPV3) {
                problems.accept("a static tunnel is one of L2TPv3; set version l2tpv3, or leave version out");
            }
            needed(settings, TunnelParameters.TUNNEL_ID, "a static tunnel", problems);
            needed(settings, TunnelParameters.PEER_TUNNEL_ID, "a static tunnel", problems);
        } else if (tunnel.settings().isSet(TunnelParameters.PEER_TUNNEL_ID)) {
            problems.accept("peer_tunnel_id is for static tunnels, another's peer chooses its id itself; leave it out, or set"
                    + " static true");
        }
        if (settings.get(TunnelParameters.ENCAP) == Encapsulation.IP && version != L2tpVersion.L2TPV3) {
            problems.accept("encap ip needs version l2tpv3: L2TPv2, which " + ValueTypes.word(version)
                    + " speaks or may fall back to, goes over UDP");
        }
        narrow(settings, TunnelParameters.TUNNEL_ID, version, problems);
    }

    static void session(Settings settings, ResolvedTunnel tunnel, Consumer<String> problems) {
        L2tpVersion version = tunnel.version();
        boolean isStatic = tunnel.settings().get(TunnelParameters.STATIC);
        PseudowireType type = settings.get(PSEUDOWIRE_TYPE);
        if (isStatic) {
            needed(settings, SESSION_ID, "a session of a static tunnel", problems);
            needed(settings, PEER_SESSION_ID, "a session of a static tunnel", problems);
        } else {
            onlyStatic(settings, PEER_SESSION_ID, problems);
            onlyStatic(settings, COOKIE, problems);
            onlyStatic(settings, PEER_COOKIE, problems);
        }
        if (type != PseudowireType.PPP && version == L2tpVersion.L2TPV2) {
            problems.accept("pseudowire_type " + ValueTypes.word(type) + " needs L2TPv3, and the tunnel speaks l2tpv2; set"
                    + " version l2tpv3 in the tunnel");
        }
        if (type == PseudowireType.VLAN) {
            needed(settings, VLAN_ID, "pseudowire_type vlan", problems);
        } else if (settings.isSet(VLAN_ID)) {
            problems.accept("vlan_id is for pseudowire_type vlan, and this is " + ValueTypes.word(type));
        }
        if (type == PseudowireType.PPP && settings.isSet(BRIDGE)) {
            problems.accept("bridge is for pseudowire_type ethernet or vlan: PPP frames cannot be bridged");
        }
        if (type == PseudowireType.PPP && settings.isSet(MAC)) {
            problems.accept("mac is for pseudowire_type ethernet or vlan: PPP has no hardware addresses");
        }
        if (settings.get(DATA_SEQUENCING) != DataSequencing.NONE
                && settings.find(L2SPEC_TYPE).filter(L2SpecType.NONE::equals).isPresent()) {
            problems.accept("data_sequencing needs l2spec_type default, where the sequence numbers are");
        }
        narrow(settings, SESSION_ID, version, problems);
    }

    /** Whether a call that says nothing itself is one that a static tunnel knows. */
    static boolean isStaticType(SessionType type) {
        return type == SessionType.LAIC || type == SessionType.LNIC;
    }

    private static void needed(Settings settings, Parameter<?> parameter, String by, Consumer<String> problems) {
        if (!settings.isSet(parameter)) {
            problems.accept(by + " needs " + parameter.name() + ": " + parameter.type().expected());
        }
    }

    private static void onlyStatic(Settings settings, Parameter<?> parameter, Consumer<String> problems) {
        if (settings.isSet(parameter)) {
            problems.accept(parameter.name() + " is for sessions of static tunnels, others' ends agree on it; leave it out");
        }
    }

    private static void narrow(Settings settings, Parameter<Integer> id, L2tpVersion version, Consumer<String> problems) {
        settings.find(id).filter(value -> version != L2tpVersion.L2TPV3
                && Integer.compareUnsigned(value, MOST_IN_VERSION_2) > 0).ifPresent(value -> problems.accept(id.name() + " "
                + Integer.toUnsignedString(value) + " needs version l2tpv3; L2TPv2 has ids up to " + MOST_IN_VERSION_2));
    }
}
