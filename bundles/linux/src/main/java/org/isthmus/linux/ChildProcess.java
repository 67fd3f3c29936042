package org.isthmus.linux;

import org.isthmus.linux.libc.LibC;
import org.isthmus.linux.libc.Memory;

import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A program that was started with exactly the descriptors that it is to have, which Java's own ProcessBuilder cannot hand over: it
 * closes all but the first three. It is in the namespaces of the thread that started it, and unless it is wanted otherwise in a session
 * of its own, so that the terminal's Ctrl-C does not reach it. Needs the C library glibc 2.34 or later. Not for use by several threads at once.
 */
public final class ChildProcess implements Closeable {

    /** Asks a program to end. */
    public static final int SIGTERM = 15;
    /** Ends a program. */
    public static final int SIGKILL = 9;

    private static final int PIDFD_OPEN = 434;
    private static final int WNOHANG = 1;
    private static final short SET_SIGNAL_MASK = 0x08;
    private static final short OWN_SESSION = 0x80;
    private static final short USUAL_SIGNALS = 0x04;
    private static final int SIGINT = 2;
    /** More than glibc's structures for actions (80 bytes) and attributes (336) have anywhere. */
    private static final int STRUCT_BYTES = 512;
    private static final int F_DUPFD_CLOEXEC = 1030;

    private final int pid;
    private final Descriptor ends;
    private boolean reaped;

    private ChildProcess(int pid, Descriptor ends) {
        this.pid = pid;
        this.ends = ends;
    }

    /**
     * How a program ended.
     *
     * @param code   its exit status, 0 to 255, if it ended by itself
     * @param signal the signal that ended it, else 0
     */
    public record Exit(int code, int signal) {
        static Exit of(int status) {
            return new Exit(status >> 8 & 0xff, status & 0x7f);
        }
    }

    /**
     * Starts a program.
     *
     * @param command     its path, and its arguments
     * @param environment {@code NAME=value}, all that it gets
     * @param descriptors what it has as 0, 1, 2 and so on; everything else is closed. They stay the caller's
     */
    public static ChildProcess start(List<String> command, List<String> environment, List<Descriptor> descriptors)
            throws LinuxException {
        return start(command, environment, descriptors, true);
    }

    /** The same; without a session of its own the terminal, and its Ctrl-C, are the program's, even where this process ignores that. */
    public static ChildProcess start(List<String> command, List<String> environment, List<Descriptor> descriptors,
            boolean ownSession) throws LinuxException {
        Memory actions = Memory.allocate(STRUCT_BYTES);
        Memory attributes = Memory.allocate(STRUCT_BYTES);
        List<Descriptor> high = new ArrayList<>();
        LibC.C.posix_spawn_file_actions_init(actions.address());
        LibC.C.posix_spawnattr_init(attributes.address()); // an empty signal mask among others
        try {
            LibC.C.posix_spawnattr_setflags(attributes.address(),
                    (short) (SET_SIGNAL_MASK | (ownSession ? OWN_SESSION : USUAL_SIGNALS)));
            Memory interrupt = Memory.allocate(STRUCT_BYTES);
            interrupt.putWord(0, 1L << SIGINT - 1);
            LibC.C.posix_spawnattr_setsigdefault(attributes.address(), interrupt.address());
            for (Descriptor descriptor : descriptors) { // above all targets, so that none overwrites another
                high.add(Descriptor.opened("duplicate " + descriptor,
                        LibC.C.fcntl(descriptor.number(), F_DUPFD_CLOEXEC, descriptors.size())));
                LibC.C.posix_spawn_file_actions_adddup2(actions.address(), high.get(high.size() - 1).number(), high.size() - 1);
            }
            LibC.C.posix_spawn_file_actions_addclosefrom_np(actions.address(), descriptors.size());
            return spawn(command, environment, actions, attributes);
        } catch (UnsatisfiedLinkError old) {
            throw new LinuxException("start " + command.get(0) + " with a C library older than glibc 2.34", Errno.EOPNOTSUPP);
        } finally {
            high.forEach(Descriptor::close);
            LibC.C.posix_spawn_file_actions_destroy(actions.address());
            LibC.C.posix_spawnattr_destroy(attributes.address());
        }
    }

    private static ChildProcess spawn(List<String> command, List<String> environment, Memory actions, Memory attributes)
            throws LinuxException {
        Memory pid = Memory.allocate(Integer.BYTES);
        List<Memory> texts = new ArrayList<>();
        Memory arguments = pointers(command, texts);
        Memory variables = pointers(environment, texts);
        int error = LibC.C.posix_spawn(pid.address(), command.get(0), actions.address(), attributes.address(),
                arguments.address(), variables.address());
        texts.clear(); // kept until here: the call has read them
        if (error != 0) {
            throw new LinuxException("start " + command.get(0), error);
        }
        int child = pid.getInt(0);
        long ends = LibC.C.syscall(PIDFD_OPEN, child, 0);
        if (ends < 0) {
            LinuxException failure = new LinuxException("watch the process " + child, LibC.errno());
            LibC.C.kill(child, SIGKILL);
            LibC.C.waitpid(child, Memory.allocate(Integer.BYTES).address(), 0);
            throw failure;
        }
        return new ChildProcess(child, Descriptor.owning((int) ends));
    }

    /** A list of C strings that ends with a null pointer. */
    private static Memory pointers(List<String> texts, List<Memory> kept) {
        Memory list = Memory.allocate((texts.size() + 1) * LibC.WORD_BYTES);
        for (int i = 0; i < texts.size(); i++) {
            byte[] bytes = texts.get(i).getBytes(StandardCharsets.UTF_8);
            Memory text = Memory.allocate(bytes.length + 1);
            text.putBytes(0, bytes);
            kept.add(text);
            list.putWord(i * LibC.WORD_BYTES, text.address());
        }
        kept.add(list);
        return list;
    }

    public int pid() {
        return pid;
    }

    /** Readable once the program has ended; to be watched with {@link Epoll}. Closed by {@link #close}. */
    public Descriptor ends() {
        return ends;
    }

    /** How it ended, once it has: its process number is then free for another. */
    public Optional<Exit> exit() {
        Memory status = Memory.allocate(Integer.BYTES);
        if (reaped || LibC.C.waitpid(pid, status.address(), WNOHANG) != pid) {
            return Optional.empty();
        }
        reaped = true;
        return Optional.of(Exit.of(status.getInt(0)));
    }

    /** Sends it a signal, unless {@link #exit} has told that it is gone. */
    public void signal(int number) {
        if (!reaped) {
            LibC.C.kill(pid, number);
        }
    }

    /** Stops watching it; it goes on. */
    @Override
    public void close() {
        ends.close();
    }
}
