package org.isthmus.upgrade;

import java.util.ArrayList;
import java.util.List;

/** A plan and an outcome in words. */
final class PlanText {
    private PlanText() {
    }

    /** The plan, line by line. */
    static List<String> of(Plan plan) {
        List<String> lines = new ArrayList<>();
        for (Plan.Replaced replaced : plan.replaced()) {
            lines.add("Replaces " + replaced.bundle() + " " + replaced.from() + " by " + replaced.to()
                    + (replaced.from().equals(replaced.to()) ? " (another build of the same version)" : "") + ".");
            add(lines, replaced.keeps(), replaced.instead());
        }
        for (Plan.Restarted restarted : plan.restarted()) {
            lines.add("Restarts " + restarted.bundle() + " " + restarted.version() + ", which uses it or is used by it.");
            add(lines, restarted.keeps(), restarted.instead());
        }
        if (plan.replaced().isEmpty() && plan.refusals().isEmpty()) {
            lines.add("Nothing is to be replaced: all of it runs already in these versions.");
        } else if (plan.refusals().isEmpty()) {
            lines.add("Expected pause: " + plan.pause().millis() + " ms (" + (plan.pause().measured() ? "what the last upgrade of this took here"
                    : "by experience elsewhere") + ")" + (plan.pause().packets().isEmpty() ? ", off the way of packets: those pass on."
                            : "; packets: " + plan.pause().packets() + "."));
        }
        for (Plan.Refusal refusal : plan.refusals()) {
            lines.add("Refused: " + refusal.bundle() + ": " + refusal.reason() + ". " + refusal.mend());
        }
        return lines;
    }

    private static void add(List<String> lines, String keeps, String instead) {
        if (!keeps.isEmpty()) {
            lines.add("    handed over: " + keeps);
        }
        if (!instead.isEmpty()) {
            lines.add("    not handed over: " + instead);
        }
    }

    /** The outcome, line by line. */
    static List<String> of(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        switch (outcome.result()) {
            case DONE -> lines.add("The new version runs, after a pause of " + outcome.pauseMillis() + " ms; no tunnel and no session is lost.");
            case ROLLED_BACK -> lines.add("Rolled back: " + outcome.reason() + ". The version before runs again, " + outcome.pauseMillis()
                    + " ms after the first stop; no tunnel and no session is lost. The log has more: log:display");
            default -> lines.add("Failed: " + outcome.reason() + ". The version before was put back, and not all is as it was.");
        }
        lines.addAll(outcome.notes());
        return lines;
    }
}
