package org.isthmus.core.desired;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;

import org.isthmus.api.config.ApplyReport.Problem;
import org.isthmus.api.config.AuthMode;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.Endpoint;
import org.isthmus.api.config.MppeUse;
import org.isthmus.api.config.InvalidValueException;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.PppParameters;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.SessionType;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.api.config.ValueTypes;

/** Whether a block makes sense by itself and with the profiles around it. Reports every problem that it finds. */
final class Checks {
    private static final int NAMES_SHOWN = 5;

    private final Profiles profiles;
    private final Consumer<Problem> problems;

    Checks(Profiles profiles, Consumer<Problem> problems) {
        this.profiles = profiles;
        this.problems = problems;
    }

    void check(Block block) {
        values(block, "");
        if (block.type() == Schema.TUNNEL) {
            tunnel(block);
        } else if (block.type() == Schema.PEER_PROFILE) {
            secret(block, profiles.tunnelOf(Optional.of(block)));
        } else if (block.type() == Schema.PPP_PROFILE) {
            methods(block);
        } else if (block.type() == Schema.SWITCH) {
            new SwitchChecks(profiles, problems).check(block);
            block.nested().forEach(lns -> values(lns, ""));
        }
    }

    /** A session of a tunnel. */
    void session(Block session, Block tunnel) {
        session(session, tunnel, profiles.tunnel(tunnel.settings()));
    }

    private void session(Block session, Block tunnel, ResolvedTunnel resolvedTunnel) {
        values(session, tunnel.name());
        ResolvedSession resolved = profiles.session(session.settings(), resolvedTunnel);
        SessionType type = resolved.settings().get(SessionParameters.SESSION_TYPE);
        VersionChecks.session(resolved.settings(), resolvedTunnel, wrong -> problem(session, tunnel.name(), wrong));
        if (resolvedTunnel.settings().get(TunnelParameters.STATIC) && VersionChecks.isStaticType(type)) {
            return; // says which end of PPP we are
        }
        switch (type) {
            case LAIC, LNOC -> { }
            case LNIC -> problem(session, tunnel.name(), "session_type lnic is a call that the peer places: it needs no session"
                    + " block, the session profile of its peer profile says what it gets; leave the block out");
            case LAOC -> problem(session, tunnel.name(), "session_type laoc is a call that the peer asks for: it needs no"
                    + " session block, the session profile of its peer profile says what it gets; leave the block out and"
                    + " set take_outgoing_calls in the tunnel profile");
        }
    }

    private void tunnel(Block tunnel) {
        ResolvedTunnel resolved = profiles.tunnel(tunnel.settings());
        secret(tunnel, resolved);
        SwitchChecks.name(tunnel, profiles, problems);
        addresses(tunnel, resolved.settings());
        VersionChecks.tunnel(tunnel, resolved, wrong -> problem(tunnel, "", wrong));
        Set<String> names = new HashSet<>();
        for (Block session : tunnel.nested()) {
            if (!names.add(session.name())) {
                problem(session, tunnel.name(),
                        "the tunnel has a session of this name already; give one of them another");
            }
            session(session, tunnel, resolved);
        }
    }

    private void secret(Block block, ResolvedTunnel resolved) {
        Settings settings = resolved.settings();
        if (settings.find(TunnelParameters.SECRET).isPresent()) {
            return;
        }
        String mend = block.type() == Schema.TUNNEL
                ? "; set secret here or in tunnel profile \"" + resolved.profile() + "\""
                : "; set secret in tunnel profile \"" + resolved.profile() + "\", from which its tunnels take it";
        if (settings.get(TunnelParameters.HIDE_AVPS)) {
            problem(block, "", "hide_avps needs a secret and there is none" + mend);
        }
        if (settings.get(TunnelParameters.AUTH_MODE) == AuthMode.CHALLENGE) {
            problem(block, "", "auth_mode challenge needs a secret and there is none" + mend);
        }
    }

    private void addresses(Block tunnel, Settings settings) {
        Optional<InetAddress> peer = settings.find(TunnelParameters.PEER).map(Endpoint::host).flatMap(Checks::literal);
        Optional<InetAddress> local = settings.find(TunnelParameters.LOCAL_ADDRESS);
        if (peer.isPresent() && local.isPresent()
                && peer.get().getAddress().length != local.get().getAddress().length) {
            problem(tunnel, "", "peer and local_address are of different kinds, one IPv4 and one IPv6;"
                    + " give both of one kind, or leave local_address out");
        }
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(ValueTypes.ADDRESS.parse(host));
        } catch (InvalidValueException name) {
            return Optional.empty(); // resolved when the tunnel is opened
        }
    }

    private void methods(Block profile) {
        Settings settings = profiles.settings(Schema.PPP_PROFILE, profile.name());
        boolean demanded = settings.find(PppParameters.AUTH_PEER).orElse(false);
        if (demanded && !settings.get(PppParameters.AUTH_PAP) && !settings.get(PppParameters.AUTH_CHAP)
                && !settings.get(PppParameters.AUTH_MSCHAPV1) && !settings.get(PppParameters.AUTH_MSCHAPV2)) {
            problem(profile, "", "auth_peer demands a proof and every method is off; allow one of"
                    + " auth_mschapv2, auth_chap, auth_mschapv1 or auth_pap");
        }
        if (settings.get(PppParameters.MPPE) != MppeUse.OFF) {
            encryption(profile, settings);
        }
    }

    private void encryption(Block profile, Settings settings) {
        List<Integer> bits = settings.get(PppParameters.MPPE_KEY_BITS);
        boolean internal = settings.get(PppParameters.PROVIDER).equals(PppParameters.INTERNAL);
        if (bits.isEmpty()) {
            problem(profile, "", "mppe needs keys and mppe_key_bits allows none; leave it out, or set it to 128");
        }
        if (!internal && bits.contains(56)) {
            problem(profile, "", "mppe_key_bits: 56 is more than pppd can; leave it out, or set ppp_provider internal");
        }
        if (internal && !settings.get(PppParameters.AUTH_MSCHAPV2) && !settings.get(PppParameters.AUTH_MSCHAPV1)) {
            problem(profile, "", "mppe takes its keys from MS-CHAP, and both versions are off; allow auth_mschapv2, or leave mppe out");
        }
    }

    private void values(Block block, String tunnel) {
        for (Parameter<?> parameter : block.type().parameters()) {
            if (parameter.required() && !block.settings().isSet(parameter)) {
                problem(block, tunnel, parameter.name() + " must be set: " + parameter.type().expected());
            }
        }
        for (Parameter<?> parameter : block.settings().parameters()) {
            String keyword = parameter.type().refersTo();
            if (!keyword.isEmpty()) {
                reference(block, tunnel, parameter, Schema.topLevel(keyword).orElseThrow());
            }
        }
    }

    private void reference(Block block, String tunnel, Parameter<?> parameter, BlockType type) {
        Object named = block.settings().find(parameter).orElseThrow();
        if (named instanceof List<?> several) {
            several.forEach(name -> reference(block, tunnel, parameter, type, String.valueOf(name)));
        } else {
            reference(block, tunnel, parameter, type, String.valueOf(named));
        }
    }

    private void reference(Block block, String tunnel, Parameter<?> parameter, BlockType type, String name) {
        boolean exists = profiles.find(type, name).isPresent() || type.profile() && name.equals(Profiles.DEFAULT);
        if (!exists) {
            problem(block, tunnel, parameter.name() + ": there is no " + type.keyword() + " \"" + name + "\"; "
                    + known(type));
        }
    }

    private String known(BlockType type) {
        Set<String> names = profiles.names(type);
        if (names.isEmpty()) {
            return "add one, there is none at all";
        }
        StringJoiner shown = new StringJoiner(", ");
        names.stream().limit(NAMES_SHOWN).forEach(name -> shown.add("\"" + name + "\""));
        return "add it, or name one of " + names.size() + ": " + shown + (names.size() > NAMES_SHOWN ? ", ..." : "");
    }

    /** @param tunnel of a session, the name of its tunnel; else empty */
    private void problem(Block block, String tunnel, String message) {
        problems.accept(new Problem(block.where(), Change.path(tunnel, block) + ": " + message));
    }
}
