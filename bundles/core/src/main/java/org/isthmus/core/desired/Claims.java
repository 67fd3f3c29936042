package org.isthmus.core.desired;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.isthmus.api.config.ApplyReport.Problem;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.api.config.ValueTypes;

/** What only one tunnel or session may have: fixed identifiers and interface names. */
final class Claims {
    private final Map<String, Claim> holders = new HashMap<>();

    /**
     * Something that is claimed.
     *
     * @param what  such as {@code tunnel_id 5}
     * @param scope where it must be unique
     * @param block who claims it
     */
    private record Claim(String what, String scope, Block block) {
        String key() {
            return scope + ' ' + what;
        }
    }

    void add(Block tunnel) {
        claimsOf(tunnel).forEach(claim -> holders.putIfAbsent(claim.key(), claim));
    }

    void remove(Block tunnel) {
        claimsOf(tunnel).forEach(claim -> holders.computeIfPresent(claim.key(),
                (key, held) -> held.block() == claim.block() ? null : held));
    }

    /** Adds, and reports what others hold already. */
    void add(Block tunnel, Consumer<Problem> problems) {
        for (Claim claim : claimsOf(tunnel)) {
            Claim held = holders.putIfAbsent(claim.key(), claim);
            if (held != null) {
                problems.accept(new Problem(claim.block().where(), claim.block().title() + ": " + claim.what()
                        + " is taken by " + held.block().title() + at(held.block()) + "; give one of them another"));
            }
        }
    }

    private static String at(Block block) {
        return block.where().isEmpty() ? "" : " (" + block.where() + ")";
    }

    private static List<Claim> claimsOf(Block tunnel) {
        List<Claim> claims = new ArrayList<>();
        tunnel.settings().findSet(TunnelParameters.TUNNEL_ID)
                .ifPresent(id -> claims.add(new Claim("tunnel_id " + id, "", tunnel)));
        for (Block session : tunnel.nested()) {
            session.settings().findSet(SessionParameters.SESSION_ID)
                    .ifPresent(id -> claims.add(new Claim("session_id " + id, tunnel.name(), session)));
            session.settings().findSet(SessionParameters.INTERFACE_NAME)
                    .filter(name -> !name.contains(ValueTypes.IDENTIFIER_PLACE))
                    .ifPresent(name -> claims.add(new Claim("interface_name " + name, "", session)));
        }
        return claims;
    }
}
