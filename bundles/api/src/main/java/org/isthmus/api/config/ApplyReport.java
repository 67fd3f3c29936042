package org.isthmus.api.config;

import java.util.List;

/**
 * What applying a desired state changed, or would change.
 *
 * @param changes  one line each, such as {@code tunnel "office": created}; empty when the state was true already
 * @param problems what stands against it; when there is one, nothing was changed
 */
public record ApplyReport(List<String> changes, List<Problem> problems) {
    public ApplyReport {
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
    }

    public boolean accepted() {
        return problems.isEmpty();
    }

    /**
     * Why a state cannot be applied.
     *
     * @param where   the place: file, line and column as far as known
     * @param message what is wrong and how it is mended
     */
    public record Problem(String where, String message) {
        @Override
        public String toString() {
            return where.isEmpty() ? message : where + ": " + message;
        }
    }
}
