package org.isthmus.cli;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the unix socket of the framework property {@code isthmus.socket}; one connection is one console session. */
@Component(service = {}, immediate = true)
public final class CommandSocket {

    private static final Logger LOG = LoggerFactory.getLogger(CommandSocket.class);
    private static final int CONNECTION_LIMIT = 16;

    private final SessionFactory sessions;
    private final Path path;
    private final ServerSocketChannel listener;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore free = new Semaphore(CONNECTION_LIMIT);

    @Activate
    public CommandSocket(BundleContext context, @Reference SessionFactory sessions) throws IOException {
        this.sessions = sessions;
        path = Path.of(property(context, "isthmus.socket", property(context, "karaf.data", "data") + "/l2tpd.sock"));
        listener = listen(path);
        Thread thread = new Thread(this::accept, "command socket");
        thread.setDaemon(true);
        thread.start();
    }

    private static String property(BundleContext context, String name, String otherwise) {
        String value = context.getProperty(name);
        return value == null ? otherwise : value;
    }

    private static ServerSocketChannel listen(Path path) throws IOException {
        Files.deleteIfExists(path);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw new IOException("cannot listen on the command socket " + path + " (" + e.getMessage()
                    + "): bin/l2tp will not work; a path of under 100 characters can be given in ISTHMUS_SOCKET", e);
        }
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                admit(listener.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("A connection to the command socket {} failed: {}", path, e.getMessage());
            }
        }
    }

    private void admit(SocketChannel connection) throws IOException {
        if (!mayCommand(connection) || !free.tryAcquire()) {
            connection.close();
            return;
        }
        connections.add(connection);
        Thread thread = new Thread(() -> serve(connection), "command connection");
        thread.setDaemon(true);
        thread.start();
    }

    /** The socket's mode says the same; this holds also where the mode was opened by mistake. */
    private boolean mayCommand(SocketChannel connection) {
        try {
            UserPrincipal peer = connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
            return peer.getName().equals("root") || peer.equals(Files.getOwner(path));
        } catch (IOException e) {
            LOG.warn("Who connects to the command socket {} cannot be told: {}", path, e.getMessage());
            return false;
        }
    }

    private void serve(SocketChannel connection) {
        try (connection; CommandConnection session = new CommandConnection(connection, sessions)) {
            session.serve();
        } catch (IOException clientLeft) {
            LOG.debug("A client of the command socket left: {}", clientLeft.getMessage());
        } finally {
            connections.remove(connection);
            free.release();
        }
    }

    @Deactivate
    void deactivate() throws IOException {
        listener.close();
        for (SocketChannel connection : connections) {
            connection.close();
        }
        Files.deleteIfExists(path);
    }
}
