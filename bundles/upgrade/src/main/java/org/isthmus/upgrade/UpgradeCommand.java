package org.isthmus.upgrade;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;

/** Replaces bundles while tunnels are up. */
@Service
@Command(scope = "l2tp", name = "upgrade", description = "Replaces bundles while tunnels are up",
        detailedDescription = "Shows what it would do, asks, does it, and looks whether every tunnel and session goes on. If a new version does"
                + " not start, fails, hangs or loses something, the version before is put back.\n\nExample:\n"
                + "  l2tp:upgrade --plan core-1.1.0.jar\n  l2tp:upgrade --yes file:/root/core-1.1.0.jar\n"
                + "  l2tp:upgrade api-1.1.0.jar core-1.1.0.jar\n  l2tp:upgrade l2tp-dataplane-user/1.1.0")
public final class UpgradeCommand implements Action {
    private static final int REFUSED = 1;
    private static final int LEAST_SECONDS = 1;
    private static final int MOST_SECONDS = 300;

    @Argument(name = "file-or-feature", description = "A bundle, a URL of one, a KAR, or the name of a feature with or without /VERSION",
            required = true, multiValued = true)
    List<String> typed;

    @Option(name = "--plan", description = "Only show what it would do")
    boolean plan;

    @Option(name = "-y", aliases = "--yes", description = "Do not ask")
    boolean yes;

    @Option(name = "--older", description = "An older version may replace a newer one")
    boolean older;

    @Option(name = "--watch", description = "For so many seconds it is looked whether all goes on")
    int watch = 5;

    @Option(name = "-j", aliases = "--json", description = "Print one JSON document, for programs")
    boolean json;

    @Reference
    Upgrade upgrade;

    @Reference
    Session session;

    @Override
    public Object execute() throws CommandException {
        if (watch < LEAST_SECONDS || watch > MOST_SECONDS) {
            throw new CommandException("--watch takes " + LEAST_SECONDS + " to " + MOST_SECONDS + " seconds.");
        }
        try {
            upgrade.begin();
        } catch (UpgradeException busy) {
            throw new CommandException(busy.getMessage(), busy);
        }
        boolean begun = false;
        try {
            Upgrade.Prepared prepared = upgrade.prepare(typed, session.currentDir(), older);
            Plan shown = prepared.worked().plan();
            if (!json) {
                PlanText.of(shown).forEach(System.out::println);
            }
            if (!shown.refusals().isEmpty()) {
                return refused(shown);
            }
            if (plan || shown.replaced().isEmpty()) {
                return json ? document(shown, null) : null;
            }
            if (!yes && !agreed()) {
                throw new CommandException("Nothing was touched.");
            }
            LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
            begun = true;
            return ended(shown, follow(upgrade.carryOut(prepared, Duration.ofSeconds(watch), lines::add), lines));
        } catch (UpgradeException refused) {
            throw new CommandException(refused.getMessage(), refused);
        } finally {
            if (!begun) {
                upgrade.end();
            }
        }
    }

    private Object refused(Plan shown) throws CommandException {
        if (json) {
            document(shown, null);
            return REFUSED;
        }
        throw new CommandException("Nothing was touched: " + shown.refusals().stream().map(Plan.Refusal::bundle).distinct()
                .collect(Collectors.joining(", ")) + " cannot be replaced like this.");
    }

    private boolean agreed() throws CommandException {
        try {
            String answer = session.readLine("Do it? (yes/no) ", null);
            if (answer == null) {
                throw new CommandException("Nobody answers here: give --yes. Nothing was touched.");
            }
            return answer.trim().equalsIgnoreCase("yes") || answer.trim().equalsIgnoreCase("y");
        } catch (IOException | UnsupportedOperationException closed) {
            throw new CommandException("Nobody answers here: give --yes. Nothing was touched.", closed);
        }
    }

    private Outcome follow(CompletableFuture<Outcome> outcome, LinkedBlockingQueue<String> lines) throws CommandException, UpgradeException {
        try {
            while (!outcome.isDone() || !lines.isEmpty()) {
                String line = lines.poll(100, TimeUnit.MILLISECONDS);
                if (line != null && !json) {
                    System.out.println(line);
                    session.getConsole().flush(); // the console by itself shows it when the command ends
                }
            }
            return outcome.get();
        } catch (InterruptedException stopped) {
            throw new CommandException("Stopped looking. The upgrade goes on; the log says how it ends.", stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UpgradeException refused) {
                throw refused;
            }
            throw new CommandException("That failed inside the appliance: " + failed.getCause() + ". The log has more: log:display", failed);
        }
    }

    private Object ended(Plan shown, Outcome outcome) throws CommandException {
        boolean done = outcome.result() == Outcome.Result.DONE;
        if (json) {
            document(shown, outcome);
            return done ? null : REFUSED;
        }
        String text = String.join("\n", PlanText.of(outcome));
        if (!done) {
            throw new CommandException(text);
        }
        System.out.println(text);
        return null;
    }

    /** What {@code --json} prints; the outcome is null where nothing was begun. */
    record Document(Plan plan, Outcome outcome) {
    }

    private static Object document(Plan shown, Outcome outcome) {
        System.out.println(Json.of(new Document(shown, outcome)));
        return null;
    }
}
