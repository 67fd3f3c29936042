package org.isthmus.foreground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.isthmus.linux.ChildProcess;
import org.isthmus.linux.Epoll;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.TextSocket;

/**
 * Starts the appliance as its child where no systemd does, keeps the descriptors that it gives away, and starts it again with them when
 * it ends badly: sessions go on. When it ends well the keeper ends with it. A process of its own, which bin/l2tpd starts; it speaks the
 * protocol of systemd (NOTIFY_SOCKET, LISTEN_FDS), so that the appliance has one way for both.
 */
public final class Keeper {
    /** The status with which the appliance ends to be started again (EX_TEMPFAIL); the unit of systemd knows it too. */
    static final int AGAIN = 75;
    private static final int SIGNALLED = 128;
    /** By itself, or after SIGHUP, SIGINT or SIGTERM, when Java says so. */
    private static final List<Integer> ENDS_WELL = List.of(0, SIGNALLED + 1, SIGNALLED + 2, SIGNALLED + ChildProcess.SIGTERM);
    private static final long SOCKET = 0;
    private static final long CHILD = 1;

    private final Path socketFile;
    private final List<String> command;
    private final TextSocket socket;
    private final KeptDescriptors kept = new KeptDescriptors();
    private final Patience patience = new Patience();
    private volatile ChildProcess child;
    private volatile boolean stopping;

    private Keeper(Path socketFile, List<String> command) throws IOException {
        this.socketFile = socketFile;
        this.command = command;
        this.socket = TextSocket.at(socketFile);
    }

    /** @param arguments the path of the socket to be made, then the command that starts the appliance */
    public static void main(String[] arguments) throws InterruptedException {
        int status;
        try {
            Keeper keeper = new Keeper(Path.of(arguments[0]), List.of(arguments).subList(1, arguments.length));
            keeper.passSignals();
            status = keeper.run();
            Files.deleteIfExists(keeper.socketFile);
        } catch (IOException refused) {
            say("the keeper cannot work: " + refused.getMessage() + "; start l2tpd without --keeper");
            status = 1;
        }
        Runtime.getRuntime().halt(status);
    }

    /**
     * The appliance ends first when this process is told to; bin/l2tpd has it ignore Ctrl-C, which reaches the appliance by itself and may
     * be meant for its console.
     */
    private void passSignals() {
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopping = true;
            ChildProcess running = child;
            if (running != null) {
                running.signal(ChildProcess.SIGTERM);
            }
            try {
                main.join();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    private int run() throws LinuxException, InterruptedException {
        while (true) {
            long began = System.nanoTime();
            ChildProcess.Exit exit = runOnce();
            int status = exit.signal() == 0 ? exit.code() : SIGNALLED + exit.signal();
            if (stopping || ENDS_WELL.contains(status) && exit.signal() == 0) {
                return status;
            }
            if (status == AGAIN) {
                patience.wanted();
                continue;
            }
            long pause = patience.ended((System.nanoTime() - began) / 1_000_000, kept.isReady());
            String how = exit.signal() == 0 ? "with status " + status : "by signal " + exit.signal();
            if (pause == Patience.NO_MORE) {
                say("the appliance ended " + how + " soon after its start, as it did before: it is not started again");
                return status;
            }
            if (patience.wantsFreshStart() && kept.count() > 0) {
                say("the appliance does not stay up with what was kept of the sessions: it starts without");
                kept.forgetAll();
            }
            say("the appliance ended " + how + "; it is started again with " + kept.count() + " descriptors"
                    + (pause == 0 ? "" : " in " + pause + " ms"));
            pause(pause);
            if (stopping) {
                return status;
            }
        }
    }

    private void pause(long millis) throws InterruptedException {
        for (long waited = 0; waited < millis && !stopping; waited += 100) {
            Thread.sleep(100);
        }
    }

    private ChildProcess.Exit runOnce() throws LinuxException {
        // The shell tells the number of the process, which nobody knows before it is there and which stays what it is.
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", "LISTEN_PID=$$; export LISTEN_PID; exec \"$@\"", "l2tpd"));
        words.addAll(command);
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().removeAll(List.of("LISTEN_FDS", "LISTEN_FDNAMES", "LISTEN_PID", "FDSTORE"));
        environment.put("NOTIFY_SOCKET", socketFile.toAbsolutePath().toString());
        environment.putAll(kept.environment());
        List<String> variables = environment.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).toList();
        try (Epoll epoll = Epoll.open(2); ChildProcess started = ChildProcess.start(words, variables, kept.forChild(), false)) {
            child = started;
            if (stopping) {
                started.signal(ChildProcess.SIGTERM);
            }
            epoll.add(socket.descriptor(), Epoll.READ, SOCKET);
            epoll.add(started.ends(), Epoll.READ, CHILD);
            Optional<ChildProcess.Exit> exit = Optional.empty();
            while (exit.isEmpty()) {
                epoll.await(-1);
                exit = started.exit();
                hear(); // what it said last as well
            }
            child = null;
            return exit.get();
        }
    }

    private void hear() throws LinuxException {
        for (Optional<TextSocket.Message> told = socket.receive(); told.isPresent(); told = socket.receive()) {
            kept.told(told.get());
        }
    }

    private static void say(String what) {
        System.err.println("l2tpd: " + what);
    }
}
