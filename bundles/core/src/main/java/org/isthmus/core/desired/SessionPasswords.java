package org.isthmus.core.desired;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.isthmus.api.config.ApplyReport.Problem;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.UserSecret;

/** Finds sessions with a user name for which there is no password anywhere. */
final class SessionPasswords {
    private SessionPasswords() {
    }

    static List<Problem> missing(Collection<Block> blocks, List<UserSecret> users) {
        Set<String> known = new HashSet<>();
        users.forEach(secret -> known.add(secret.user()));
        List<Problem> warnings = new ArrayList<>();
        for (Block tunnel : blocks) {
            for (Block session : tunnel.nested()) {
                session.settings().findSet(SessionParameters.USER_NAME)
                        .filter(user -> !session.settings().isSet(SessionParameters.USER_PASSWORD)
                                && !known.contains(user) && !known.contains("*"))
                        .ifPresent(user -> warnings.add(new Problem(session.where(), tunnel.title() + " "
                                + session.title() + ": there is no password for user_name \"" + user
                                + "\"; set user_password, or add the user to the secrets file")));
            }
        }
        return warnings;
    }
}
