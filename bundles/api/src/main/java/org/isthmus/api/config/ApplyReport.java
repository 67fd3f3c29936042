package org.isthmus.api.config;

import java.util.List;

/**
 * What applying a desired state changed, or would change.
 *
 * @param changes  one line each, such as {@code tunnel "office": created}; empty when the state was true already
 * @param problems what stands against it; when there is one, nothing was changed
 * @param warnings what does not stand against it, but should be looked after
 */
public record ApplyReport(List<String> changes, List<Problem> problems, List<Problem> warnings) {
    public ApplyReport {
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** A report without warnings. */
    public ApplyReport(List<String> changes, List<Problem> problems) {
        this(changes, problems, List.of());
    }

    public boolean accepted() {
        return problems.isEmpty();
    }

    /**
     * Why a state cannot be applied, or what is doubtful in it.
     *
     * @param where   the place: file, line and column as far as known
     * @param message one line: what is wrong and how it is mended
     * @param excerpt the offending line with a caret below, in two lines without secrets; empty if there is none
     */
    public record Problem(String where, String message, String excerpt) {

        /** A problem with no line to show. */
        public Problem(String where, String message) {
            this(where, message, "");
        }

        /** All of it, in one line or in three. */
        @Override
        public String toString() {
            String text = where.isEmpty() ? message : where + ": " + message;
            return excerpt.isEmpty() ? text : text + "\n" + excerpt;
        }
    }
}
