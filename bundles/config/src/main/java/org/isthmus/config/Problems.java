package org.isthmus.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.isthmus.api.config.ApplyReport.Problem;

/** Collects what is wrong with a file, so that an operator sees all of it at once, up to a limit. */
final class Problems {
    private record Found(int line, int column, Problem problem) {
    }

    /** The most problems that are shown; of others only the number. */
    static final int MAX_SHOWN = 100;

    private static final int MAX_QUOTED = 60;

    private final String file;
    private final CharSequence text;
    private final boolean excerpts;
    private final List<Found> found = new ArrayList<>();
    private int count;

    /**
     * @param file     the file's name, for messages
     * @param text     the file
     * @param excerpts whether lines may be shown: never those of a file of secrets
     */
    Problems(String file, CharSequence text, boolean excerpts) {
        this.file = file;
        this.text = text;
        this.excerpts = excerpts;
    }

    void add(Word at, String message) {
        if (++count <= MAX_SHOWN) {
            String excerpt = excerpts ? Excerpt.of(text, at) : "";
            Problem problem = new Problem(file + ":" + at.line() + ":" + at.column(), message, excerpt);
            found.add(new Found(at.line(), at.column(), problem));
        }
    }

    /** Whether another one would be shown: else its message need not be made. */
    boolean full() {
        return count >= MAX_SHOWN;
    }

    String file() {
        return file;
    }

    /** A text of the file in quotes, cut to what a message can bear. */
    static String shown(String text) {
        String clean = text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
        return '"' + clean.replaceAll("\\p{Cntrl}", "?") + '"';
    }

    /** All of them in the file's order, and at the end how many are not shown. */
    List<Problem> list() {
        List<Problem> all = new ArrayList<>();
        found.stream().sorted(Comparator.comparingInt(Found::line).thenComparingInt(Found::column))
                .forEach(one -> all.add(one.problem()));
        if (count > MAX_SHOWN) {
            all.add(new Problem(file, (count - MAX_SHOWN) + " more problems are not shown"));
        }
        return all;
    }
}
