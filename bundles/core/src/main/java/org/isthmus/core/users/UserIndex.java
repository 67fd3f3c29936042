package org.isthmus.core.users;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.isthmus.api.config.UserSecret;

/** Finds the line of the secrets file that counts for a user and a server, in constant time. Immutable once made. */
final class UserIndex {
    private static final String ANY = "*";

    private final Map<Key, UserSecret> lines = new LinkedHashMap<>();

    private record Key(String user, String server) {
    }

    UserIndex(List<UserSecret> secrets) {
        secrets.forEach(secret -> lines.putIfAbsent(new Key(secret.user(), secret.server()), secret));
    }

    List<UserSecret> all() {
        return List.copyOf(lines.values());
    }

    /** The line of the user before the one of any user, and for each the line of the server before that of any. */
    Optional<UserSecret> find(String user, String server) {
        UserSecret found = lines.get(new Key(user, server));
        found = found != null ? found : lines.get(new Key(user, ANY));
        found = found != null ? found : lines.get(new Key(ANY, server));
        return Optional.ofNullable(found != null ? found : lines.get(new Key(ANY, ANY)));
    }
}
