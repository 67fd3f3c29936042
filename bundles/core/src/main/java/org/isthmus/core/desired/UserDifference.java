package org.isthmus.core.desired;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import org.isthmus.api.config.UserSecret;

/** How the users of PPP differ, in words and without a secret. */
final class UserDifference {
    private UserDifference() {
    }

    private record Key(String user, String server) {
        static Key of(UserSecret secret) {
            return new Key(secret.user(), secret.server());
        }
    }

    /** A line, or none when they are the same. */
    static List<String> lines(List<UserSecret> before, List<UserSecret> after) {
        Map<Key, UserSecret> left = new HashMap<>();
        before.forEach(secret -> left.putIfAbsent(Key.of(secret), secret));
        Map<Key, UserSecret> seen = new HashMap<>();
        int added = 0;
        int changed = 0;
        for (UserSecret secret : after) {
            if (seen.putIfAbsent(Key.of(secret), secret) != null) {
                continue; // of two with one name the first counts
            }
            UserSecret old = left.remove(Key.of(secret));
            if (old == null) {
                added++;
            } else if (!old.password().equals(secret.password()) || !old.addresses().equals(secret.addresses())) {
                changed++;
            }
        }
        StringJoiner words = new StringJoiner(", ", "users: ", "").setEmptyValue("");
        count(words, added, "added");
        count(words, left.size(), "removed");
        count(words, changed, "changed");
        return words.length() == 0 ? List.of() : List.of(words.toString());
    }

    private static void count(StringJoiner words, int count, String what) {
        if (count > 0) {
            words.add(count + " " + what);
        }
    }
}
