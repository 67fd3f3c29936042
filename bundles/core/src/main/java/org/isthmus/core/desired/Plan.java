package org.isthmus.core.desired;

import java.util.ArrayList;
import java.util.List;

import org.isthmus.api.config.ApplyReport;
import org.isthmus.api.config.ApplyReport.Problem;
import org.isthmus.api.config.DesiredState;
import org.isthmus.api.config.UserSecret;

/**
 * What a new state of a source means: what is to be done, or why it cannot be. {@link DesiredStates#commit} takes it on.
 *
 * @param changes   what is to be done: removals first, then profiles, then tunnels
 * @param problems  what stands against it; then nothing may be done
 * @param warnings  what should be looked after
 * @param profiles  the profiles as they are then
 * @param users     the users of all sources as they are then
 * @param userLines how they differ from before, without secrets; empty when they do not
 * @param state     the state that it was made for
 */
public record Plan(List<Change> changes, List<Problem> problems, List<Problem> warnings, Profiles profiles,
        List<UserSecret> users, List<String> userLines, DesiredState state) {
    public Plan {
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        userLines = List.copyOf(userLines);
    }

    public boolean accepted() {
        return problems.isEmpty();
    }

    public boolean usersChanged() {
        return !userLines.isEmpty();
    }

    /** The same for people. */
    public ApplyReport report() {
        List<String> lines = new ArrayList<>();
        if (accepted()) {
            changes.forEach(change -> lines.add(change.line()));
            lines.addAll(userLines);
        }
        return new ApplyReport(lines, problems, warnings);
    }
}
