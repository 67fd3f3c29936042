package org.isthmus.config;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.config.ApplyReport;
import org.isthmus.api.config.ApplyReport.Problem;
import org.isthmus.api.config.ConfigFile;
import org.isthmus.api.config.DesiredState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the engine in agreement with the file. Any thread may call; one at a time reads or applies. */
final class ConfigService implements ConfigFile {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigService.class);
    private static final int MAX_CHANGES_LOGGED = 20;

    private final Path file;
    private final Clock clock;
    private final ChangeDetector<List<FileStamp>> changes = new ChangeDetector<>();
    private volatile L2tpAdmin engine;
    private volatile Outcome lastOutcome;
    private Path secretsFile;
    /** What was last read without fault; null before. */
    private DesiredState wanted;
    /** What an engine last accepted; null before. */
    private DesiredState accepted;
    /** The engine that was last asked; one that comes is not it, even if it is the same that went. */
    private volatile L2tpAdmin asked;

    ConfigService(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        this.secretsFile = file;
    }

    /** An engine came, maybe a new version beside the old one. It is asked at the next {@link #look}. */
    void engineCame(L2tpAdmin newEngine) {
        asked = null;
        engine = newEngine;
    }

    /** An engine went; another may have come before. */
    void engineWent(L2tpAdmin oldEngine) {
        if (engine == oldEngine) {
            engine = null;
        }
    }

    /** Reads the file for the first time. */
    synchronized void start() {
        readAnew();
        look();
    }

    /** Does what there is to do: reads a file that changed and came to rest, tells an engine that came. */
    synchronized void look() {
        if (changes.look(stamps())) {
            readAnew();
        }
        L2tpAdmin current = engine;
        if (current != null && current != asked && wanted != null) {
            apply(current, List.of());
        }
    }

    /** Reads the file; one that says what the engine has already is no news. */
    private void readAnew() {
        DesiredState before = wanted;
        ConfigLoader.Result read = read();
        if (read.state().isEmpty()) {
            finish(new ApplyReport(List.of(), read.problems(), read.warnings()));
        } else if (before != null && wanted.sameAs(before)) {
            LOG.debug("{} was written and says the same as before", file);
            if (before == accepted) {
                accepted = wanted;
                finish(new ApplyReport(List.of(), List.of(), read.warnings()));
            }
        } else {
            L2tpAdmin current = engine;
            if (current != null) {
                apply(current, read.warnings());
            } else {
                LOG.info("{} is good; it is applied when the engine is there", file);
            }
        }
    }

    @Override
    public synchronized ApplyReport reload() {
        ConfigLoader.Result read = read();
        L2tpAdmin current = engine;
        if (read.state().isEmpty()) {
            return finish(new ApplyReport(List.of(), read.problems(), read.warnings()));
        }
        if (current == null) {
            return finish(new ApplyReport(List.of(), List.of(new Problem(file.toString(),
                    "is good, but the engine is not running: it is applied when the engine is there")), read.warnings()));
        }
        return apply(current, read.warnings());
    }

    private ConfigLoader.Result read() {
        changes.take(stamps());
        ConfigLoader.Result read = ConfigLoader.load(file, file.getParent());
        if (!secretsFile.equals(read.secretsFile())) {
            secretsFile = read.secretsFile();
            changes.take(stamps());
        }
        read.state().ifPresent(state -> wanted = state);
        return read;
    }

    private ApplyReport apply(L2tpAdmin current, List<Problem> warnings) {
        boolean newcomer = current != asked;
        asked = current;
        ApplyReport report = ask(wanted, current::apply);
        if (report.accepted()) {
            accepted = wanted;
        } else if (newcomer && accepted != null && accepted != wanted) {
            ask(accepted, current::apply); // a newcomer has nothing yet; one that knows us has kept what it had
        }
        return finish(new ApplyReport(report.changes(), report.problems(), joined(report.warnings(), warnings)));
    }

    private static ApplyReport ask(DesiredState state, Function<DesiredState, ApplyReport> question) {
        try {
            return question.apply(state);
        } catch (RuntimeException fault) {
            LOG.error("the engine failed to apply l2tpd.conf", fault);
            return new ApplyReport(List.of(), List.of(new Problem("", "the engine failed: " + fault)));
        }
    }

    @Override
    public ApplyReport check() {
        return check(file);
    }

    @Override
    public ApplyReport check(Path candidate) {
        ConfigLoader.Result read = ConfigLoader.load(candidate, file.getParent());
        L2tpAdmin current = engine;
        if (read.state().isEmpty()) {
            return new ApplyReport(List.of(), read.problems(), read.warnings());
        }
        if (current == null) {
            return new ApplyReport(List.of(), List.of(), joined(read.warnings(), List.of(
                    new Problem("", "the engine is not running: only the file itself was checked"))));
        }
        ApplyReport report = ask(read.state().get(), current::preview);
        return new ApplyReport(report.changes(), report.problems(), joined(report.warnings(), read.warnings()));
    }

    @Override
    public Path path() {
        return file;
    }

    @Override
    public Optional<Outcome> lastOutcome() {
        return Optional.ofNullable(lastOutcome);
    }

    private ApplyReport finish(ApplyReport report) {
        lastOutcome = new Outcome(clock.instant(), report);
        for (Problem warning : report.warnings()) {
            LOG.warn("{}", warning);
        }
        if (!report.accepted()) {
            StringBuilder text = new StringBuilder();
            report.problems().forEach(problem -> text.append('\n').append(problem));
            LOG.error("{}: nothing was changed, {} problem(s):{}", file, report.problems().size(), text);
        } else {
            LOG.info("{} applied: {} change(s)", file, report.changes().size());
            report.changes().stream().limit(MAX_CHANGES_LOGGED).forEach(change -> LOG.info("  {}", change));
        }
        return report;
    }

    private List<FileStamp> stamps() {
        return List.of(FileStamp.of(file), FileStamp.of(secretsFile));
    }

    private static List<Problem> joined(List<Problem> first, List<Problem> second) {
        List<Problem> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
