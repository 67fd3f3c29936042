package org.isthmus.core.desired;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.isthmus.api.config.ApplyReport.Problem;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.InvalidValueException;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.UserSecret;
import org.isthmus.api.config.ValueTypes;

/** What is doubtful in a state, though it can be applied. */
final class Warnings {
    private final List<Problem> found = new ArrayList<>();

    private Warnings() {
    }

    /**
     * @param blocks   of the source that is looked at
     * @param users    of that source
     * @param allUsers of all sources
     */
    static List<Problem> of(Collection<Block> blocks, List<UserSecret> users, List<UserSecret> allUsers) {
        Warnings warnings = new Warnings();
        warnings.passwords(blocks, allUsers);
        warnings.users(users);
        return warnings.found;
    }

    /** Sessions with a user name for which there is no password anywhere. */
    private void passwords(Collection<Block> blocks, List<UserSecret> users) {
        Set<String> known = new HashSet<>();
        users.forEach(secret -> known.add(secret.user()));
        for (Block tunnel : blocks) {
            for (Block session : tunnel.nested()) {
                session.settings().findSet(SessionParameters.USER_NAME)
                        .filter(user -> !session.settings().isSet(SessionParameters.USER_PASSWORD)
                                && !known.contains(user) && !known.contains("*"))
                        .ifPresent(user -> add(session.where(), Change.path(tunnel.name(), session)
                                + ": there is no password for user_name \"" + user
                                + "\"; set user_password, or add the user to the secrets file"));
            }
        }
    }

    private void users(List<UserSecret> users) {
        Map<List<String>, UserSecret> seen = new HashMap<>();
        for (UserSecret secret : users) {
            UserSecret first = seen.putIfAbsent(List.of(secret.user(), secret.server()), secret);
            if (first != null) {
                add(secret.where(), title(secret) + " stands in " + first.where()
                        + " already, which is the one that counts; take one of them out");
            } else if (secret.password().reveal().isEmpty()) {
                add(secret.where(), title(secret) + " has an empty password and is always refused; give it one");
            } else if (!addressesAreClear(secret.addresses())) {
                add(secret.where(), title(secret) + " has several addresses or a block, of which none is given to it:"
                        + " its address comes from the pool; write a single address, or *");
            }
        }
    }

    private static boolean addressesAreClear(List<String> addresses) {
        return addresses.isEmpty() || addresses.contains("-")
                || addresses.size() == 1 && (addresses.get(0).equals("*") || isAddress(addresses.get(0)));
    }

    private static boolean isAddress(String text) {
        try {
            ValueTypes.ADDRESS.parse(text);
            return true;
        } catch (InvalidValueException other) {
            return false;
        }
    }

    private static String title(UserSecret secret) {
        return "user \"" + secret.user() + "\"";
    }

    private void add(String where, String message) {
        found.add(new Problem(where, message));
    }
}
