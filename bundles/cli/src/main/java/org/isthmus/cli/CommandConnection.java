package org.isthmus.cli;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedAction;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;

/**
 * One client: its lines are executed in order by a thread of their own, so that the reading thread notices when the client leaves
 * and interrupts a command that would run for ever.
 */
final class CommandConnection implements AutoCloseable {

    /** A command of l2tp-console: other features have commands of the same scope. */
    private static final String OF_CONSOLE = "tunnel-list";

    private static final int QUEUE_LIMIT = 64;

    private final BufferedReader lines;
    private final PrintStream out;
    private final Session session;
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>(QUEUE_LIMIT);
    private final Thread executor;

    CommandConnection(SocketChannel connection, SessionFactory sessions) throws IOException {
        lines = new BufferedReader(new InputStreamReader(Channels.newInputStream(connection), StandardCharsets.UTF_8));
        OutputStream socket = new ChannelOutput(connection);
        // Flushed at each write: commands that go on until they are stopped, as l2tp:trace, are read while they run.
        out = new PrintStream(new BufferedOutputStream(socket), true, StandardCharsets.UTF_8);
        Subject admin = new Subject();
        admin.getPrincipals().add(new UserPrincipal("admin"));
        for (String role : new String[] {"admin", "manager", "viewer", "systembundles"}) {
            admin.getPrincipals().add(new RolePrincipal(role));
        }
        session = as(admin, () -> sessions.create(InputStream.nullInputStream(), out, out));
        session.put(Session.SCOPE, "l2tp:shell:bundle:*");
        executor = new Thread(() -> as(admin, this::execute), "command execution");
        executor.setDaemon(true);
        executor.start();
    }

    /** Karaf's commands find their user in the access control context: there is no other way to tell them. */
    @SuppressWarnings("removal")
    private static <T> T as(Subject subject, PrivilegedAction<T> action) {
        return Subject.doAs(subject, action);
    }

    /** Reads until the client leaves; a client that sends more than it reads waits. */
    void serve() throws IOException {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                queue.put(line);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Void execute() {
        try {
            while (true) {
                int status = run(queue.take());
                out.print("\0" + status + "\0");
                out.flush();
            }
        } catch (InterruptedException e) {
            return null;
        }
    }

    private int run(String line) {
        try {
            return session.execute(line) instanceof Integer status ? status : 0;
        } catch (Exception e) {
            out.println(e.getMessage() == null ? e.toString() : e.getMessage());
            if (session.getRegistry().getCommands().stream()
                    .noneMatch(command -> command.getScope().equals("l2tp") && command.getName().equals(OF_CONSOLE))) {
                out.println("The l2tp commands are not installed: feature:install l2tp-console.");
            }
            return 1;
        }
    }

    /** {@code Channels.newOutputStream} would share a lock with a thread that waits in read, and so never write (JDK 17). */
    private static final class ChannelOutput extends OutputStream {

        private final SocketChannel channel;

        ChannelOutput(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    @Override
    public void close() {
        executor.interrupt();
        session.close();
    }
}
