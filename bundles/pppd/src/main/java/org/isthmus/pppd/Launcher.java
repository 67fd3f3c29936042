package org.isthmus.pppd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.isthmus.api.ppp.PppEnd;
import org.isthmus.api.ppp.PppProviderSettings;
import org.isthmus.linux.ChildProcess;
import org.isthmus.linux.Descriptor;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.MemoryFile;
import org.isthmus.linux.MountNamespace;
import org.isthmus.linux.Pipe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a pppd for each session, when its turn has come, hears what it tells, and sees it end. All of it happens on the thread of
 * its {@link Loop}, which has a mount namespace of its own: there /etc/ppp is the folder of {@link EventScript}.
 */
final class Launcher {
    static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
    private static final Path ETC_PPP = Path.of("/etc/ppp");
    private static final List<String> ENVIRONMENT = List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin");
    /** How many may wait for their turn. */
    private static final int MOST_WAITING = 65_536;
    /** Longer than pppd needs to take leave of a peer that does not answer. */
    private static final long PATIENCE_MILLIS = 15_000;
    private static final int BUFFER_BYTES = 4096;
    private static final long GOODBYE_SECONDS = 4;

    private final Path pppd;
    private final Path folder;
    private final String name;
    private final Loop loop;
    private final StartQueue<PppdRun> queue = new StartQueue<>(MOST_WAITING);
    private final Map<Long, PppdRun> runs = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final CompletableFuture<Void> allGone = new CompletableFuture<>();
    private Optional<String> unfit = Optional.of("the launcher has not begun");
    private PppProviderSettings settings = new PppProviderSettings(0, 0, List.of());
    private boolean isPrepared;
    private Pipe events;
    private Path eventsFile;
    private MemoryFile users;
    private MemoryFile nothing;
    private Interfaces interfaces;
    private PidFiles pidFiles;
    private long turnAt = Long.MAX_VALUE;
    private long refused;

    /**
     * @param pppd   the program
     * @param folder where files may be kept; only root may be able to read it
     * @param name   tells this launcher from others in this process
     */
    Launcher(Path pppd, Path folder, String name) throws LinuxException {
        this.pppd = pppd;
        this.folder = folder;
        this.name = name;
        this.loop = new Loop("l2tp-pppd");
        if (Files.isDirectory(pidFolder())) {
            loop.post(this::endOrphans);
        }
    }

    private Path pidFolder() {
        return folder.resolve("run");
    }

    /** Before the first session: whoever wants no pppd needs none of this. */
    private void prepare() {
        if (isPrepared) {
            return;
        }
        isPrepared = true;
        try {
            Path etc = folder.resolve("etc-ppp");
            EventScript.install(etc);
            eventsFile = folder.resolve("events-" + ProcessHandle.current().pid() + "-" + name);
            Files.deleteIfExists(eventsFile);
            events = Pipe.named(eventsFile);
            users = MemoryFile.create("pppd-users");
            nothing = MemoryFile.create("pppd-input");
            interfaces = new Interfaces();
            pidFiles = new PidFiles(pidFolder());
            users.write(SecretsFile.of(settings.users()).getBytes(StandardCharsets.UTF_8));
            EventPieces pieces = new EventPieces(this::happened);
            loop.watch(events.reader(), () -> pieces.read(events));
            MountNamespace.enterNew();
            MountNamespace.bind(etc, ETC_PPP);
            unfit = Optional.empty();
        } catch (IOException failure) {
            unfit = Optional.of("the launcher of pppd is not ready: " + failure.getMessage()
                    + "; it needs root, the rights to mount, and the package ppp, which has /etc/ppp");
            LOG.error("{}", unfit.get());
        }
    }

    private void endOrphans() {
        try {
            PidFiles left = new PidFiles(pidFolder());
            List<Long> orphans = left.orphans();
            orphans.forEach(pid -> PidFiles.end(pid, false));
            if (!orphans.isEmpty()) {
                loop.after(PATIENCE_MILLIS, () -> endForcibly(left));
            }
        } catch (IOException unread) {
            LOG.warn("whether an appliance that is gone has left pppd is not known: {}", unread.getMessage());
        }
    }

    private static void endForcibly(PidFiles left) {
        try {
            left.orphans().forEach(pid -> PidFiles.end(pid, true));
        } catch (IOException unread) {
            LOG.warn("whether every pppd that was left has ended is not known: {}", unread.getMessage());
        }
    }

    // ---- what the engine asks, on any thread

    void configure(PppProviderSettings wanted) {
        loop.post(() -> {
            settings = wanted;
            queue.limits(settings.startsPerSecond(), settings.startsAtOnce());
            if (unfit.isEmpty()) {
                try {
                    users.write(SecretsFile.of(settings.users()).getBytes(StandardCharsets.UTF_8));
                } catch (IOException full) {
                    LOG.error("pppd does not get the users of the secrets file: {}", full.getMessage());
                }
            }
            startNext();
        });
    }

    void open(PppdRun run) {
        loop.post(() -> {
            prepare();
            if (unfit.isPresent()) {
                over(run, new PppEnd(false, 0, unfit.get()));
            } else if (!queue.add(run)) {
                refused++;
                over(run, new PppEnd(false, 0, queue.waiting() + " sessions wait for pppd already (" + refused + " were refused so far):"
                        + " raise ppp_startup_rate_limit or ppp_startup_concurrency_limit"));
            } else {
                startNext();
            }
        });
    }

    void close(PppdRun run, String why) {
        loop.post(() -> {
            run.closing = Optional.of(why);
            end(run);
        });
    }

    void abandon(PppdRun run) {
        loop.post(() -> {
            run.abandoned = true;
            end(run);
        });
    }

    void mtu(PppdRun run, int mtu) {
        loop.post(() -> {
            if (run.link.isUp()) {
                try {
                    interfaces.mtu(run.link.interfaceName(), mtu);
                } catch (LinuxException kept) {
                    LOG.warn("{}: the MTU of {} stays as it was: {}", run, run.link.interfaceName(), kept.getMessage());
                }
            }
        });
    }

    /** Ends every pppd, and stops. Not on the loop's thread. */
    void stop() {
        loop.post(() -> {
            isPrepared = true;
            unfit = Optional.of("the launcher of pppd has stopped");
            PppEnd stopped = new PppEnd(false, 0, unfit.get());
            queue.drain().forEach(run -> over(run, stopped));
            for (PppdRun run : runs.values()) {
                run.child.signal(ChildProcess.SIGTERM);
                over(run, stopped);
            }
            if (runs.isEmpty()) {
                allGone.complete(null);
            }
        });
        try {
            allGone.get(GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException late) {
            LOG.warn("not every pppd has ended within {} s; they will by themselves", GOODBYE_SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        loop.post(this::closeAll);
        loop.stop();
    }

    private void closeAll() {
        for (AutoCloseable open : new AutoCloseable[] {events, users, nothing, interfaces}) {
            closeQuietly(open);
        }
        if (eventsFile != null) {
            eventsFile.toFile().delete();
        }
    }

    // ---- starting

    private void startNext() {
        if (unfit.isPresent()) {
            return;
        }
        long now = loop.nowMillis();
        for (Optional<PppdRun> next = queue.next(now); next.isPresent(); next = queue.next(now)) {
            try {
                start(next.get());
            } catch (IOException failure) {
                over(next.get(), new PppEnd(false, 0, "pppd cannot be started: " + failure.getMessage()));
            }
        }
        long at = queue.nextMillis(now);
        if (at != Long.MAX_VALUE && at != turnAt) {
            turnAt = at;
            loop.after(at - now, () -> {
                turnAt = Long.MAX_VALUE;
                startNext();
            });
        }
    }

    private void start(PppdRun run) throws IOException, LinuxException {
        try (MemoryFile options = MemoryFile.create("pppd-options")) {
            options.write(OptionsFile.of(run.spec, run.number, eventsFile.toString(), LOG.isTraceEnabled())
                    .getBytes(StandardCharsets.UTF_8));
            run.said = Pipe.open();
            Descriptor output = run.said.writer();
            run.child = ChildProcess.start(List.of(pppd.toString(), "file", "/dev/fd/4"), ENVIRONMENT, List.of(nothing.descriptor(),
                    output, output, run.socket, options.descriptor(), users.descriptor()));
            output.close();
            runs.put(run.number, run);
            pidFiles.add(run.child.pid(), run.spec.session());
            run.childToken = loop.watch(run.child.ends(), () -> ended(run));
            run.saidToken = loop.watch(run.said.reader(), () -> hear(run));
            LOG.info("{}: pppd {} is started, {} wait, {} are not up yet", run, run.child.pid(), queue.waiting(), queue.starting());
        } finally {
            run.socket.close(); // pppd has its own
        }
    }

    // ---- while it runs

    private void hear(PppdRun run) {
        if (run.listen(buffer)) {
            loop.unwatch(run.saidToken, run.said.reader());
        }
    }

    private void happened(PppEvent event) {
        PppdRun run = runs.get(event.run());
        if (run == null || run.abandoned) {
            return;
        }
        run.link.happened(event);
        int mtu = 0;
        try {
            mtu = interfaces.mtu(run.link.interfaceName());
            if (run.link.isUp()) {
                interfaces.route(run);
            }
        } catch (LinuxException failure) {
            LOG.error("{}: {}", run, failure.getMessage());
        }
        if (run.link.isUp()) {
            run.port.up(run.link.status(mtu), run.link.interfaceName());
            queue.settled(run);
            startNext();
        } else {
            run.port.changed(run.link.status(mtu));
        }
    }

    // ---- ending

    private void end(PppdRun run) {
        if (run.child == null) {
            over(run, run.closing.map(ExitWords::asWanted).orElse(new PppEnd(false, 0, "the call is gone")));
        } else {
            run.child.signal(ChildProcess.SIGTERM);
            loop.after(PATIENCE_MILLIS, () -> run.child.signal(ChildProcess.SIGKILL));
        }
    }

    private void ended(PppdRun run) {
        run.child.exit().ifPresent(exit -> {
            run.listen(buffer);
            PppEnd end = ExitWords.of(exit, run.lastSaid());
            LOG.info("{}: pppd {} is gone, exit status {}: {}", run, run.child.pid(), exit.code(), end.message());
            pidFiles.remove(run.child.pid());
            unwatch(run);
            // What the engine wanted counts before what pppd made of it.
            over(run, run.closing.map(ExitWords::asWanted).orElse(end));
        });
    }

    private void unwatch(PppdRun run) {
        loop.unwatch(run.childToken, run.child.ends());
        loop.unwatch(run.saidToken, run.said.reader());
        run.child.close();
        run.said.close();
        runs.remove(run.number);
        if (unfit.isPresent() && runs.isEmpty()) {
            allGone.complete(null);
        }
    }

    private void over(PppdRun run, PppEnd why) {
        run.socket.close();
        queue.settled(run);
        if (!run.abandoned) {
            run.abandoned = true;
            run.port.ended(why);
        }
        startNext();
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (Exception failure) {
            LOG.debug("closing failed", failure);
        }
    }
}
