package org.isthmus.config;

import java.util.Optional;

/** Finds the name that somebody probably meant: the one with the fewest typing errors between them. */
final class NearestName {
    private static final int MAX_LENGTH = 64;
    private static final int MAX_CANDIDATES = 2000;

    private NearestName() {
    }

    /** The nearest of {@code names}, if one is near enough to be worth a question. Looks at the first 2000 only. */
    static Optional<String> to(String word, Iterable<String> names) {
        if (word.isEmpty() || word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int best = Math.max(1, word.length() / 3) + 1;
        String nearest = null;
        int seen = 0;
        for (String name : names) {
            if (++seen > MAX_CANDIDATES) {
                break;
            }
            if (name.length() <= MAX_LENGTH && Math.abs(name.length() - word.length()) < best) {
                int distance = distance(word, name);
                if (distance < best) {
                    best = distance;
                    nearest = name;
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** How many characters were left out, added, changed or swapped with their neighbour. */
    static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
                boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    current[j] = Math.min(current[j], before[j - 2] + 1);
                }
            }
            int[] oldest = before;
            before = previous;
            previous = current;
            current = oldest;
        }
        return previous[b.length()];
    }
}
