package org.isthmus.console.text;

import java.util.Collection;
import java.util.Optional;

/** Finds the name that somebody who mistyped one probably meant. */
public final class Nearest {
    private Nearest() {
    }

    /** The known name that is the fewest edits away; empty if none is near. */
    public static Optional<String> to(String typed, Collection<String> known) {
        String best = null;
        int least = Math.max(2, typed.length() / 3) + 1;
        for (String name : known) {
            int distance = name.startsWith(typed) && typed.length() >= 3 ? 1 : distance(typed, name);
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code  Did you mean "office"?} with a space in front, or nothing. */
    public static String hint(String typed, Collection<String> known) {
        return to(typed, known).map(name -> " Did you mean \"" + name + "\"?").orElse("");
    }

    /** Insertions, deletions, replacements and swaps of neighbours that lead from one to the other. */
    private static int distance(String from, String to) {
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int cost = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                edits[i][j] = Math.min(edits[i - 1][j - 1] + cost, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
                if (i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[from.length()][to.length()];
    }
}
