package org.isthmus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CommandConnectionTest {

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    /** Of the command of the scope l2tp that is there. */
    private volatile String name = "tunnel-list";
    private ServerSocketChannel listener;
    private SocketChannel client;
    private Thread server;

    @BeforeEach
    void connect(@TempDir Path folder) throws IOException {
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
        client = SocketChannel.open(listener.getLocalAddress());
        SocketChannel served = listener.accept();
        server = new Thread(() -> {
            try (served; CommandConnection connection = new CommandConnection(served, sessions())) {
                connection.serve();
            } catch (IOException clientLeft) {
                // What some of the tests do.
                return;
            }
        });
        server.start();
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        server.join();
        listener.close();
    }

    @Test
    void anAnswerIsWhatWasPrintedAndTheStatus() throws IOException {
        assertEquals("you said: hello\n\0000\000", ask("hello"));
        assertEquals("you said: again\n\0000\000", ask("again"));
    }

    @Test
    void anIntegerIsTheStatusAndAnExceptionIsOne() throws IOException {
        assertEquals("\0007\000", ask("seven"));
        assertEquals("it went wrong\n\0001\000", ask("fail"));
    }

    @Test
    void whereTheCommandsAreMissingItIsSaidHowToHaveThem() throws IOException {
        name = "upgrade";
        assertEquals("it went wrong\nThe l2tp commands are not installed: feature:install l2tp-console.\n\0001\000", ask("fail"));
    }

    @Test
    void aLongAnswerArrivesWhole() throws IOException {
        assertEquals(1_000_000 + 3, ask("long").length());
    }

    @Test
    void aClientThatLeavesInterruptsItsCommand() throws Exception {
        client.write(ByteBuffer.wrap("forever\n".getBytes(StandardCharsets.UTF_8)));
        assertTrue(started.await(20, TimeUnit.SECONDS));
        client.close();
        assertTrue(interrupted.await(20, TimeUnit.SECONDS));
    }

    @Test
    void whatACommandPrintsArrivesWhileItRuns() throws Exception {
        client.write(ByteBuffer.wrap("forever\n".getBytes(StandardCharsets.UTF_8)));
        ByteBuffer first = ByteBuffer.allocate(8);
        while (first.hasRemaining()) {
            assertTrue(client.read(first) > 0);
        }
        assertEquals("waiting\n", new String(first.array(), StandardCharsets.UTF_8));
    }

    private String ask(String line) throws IOException {
        client.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        StringBuilder answer = new StringBuilder();
        ByteBuffer octet = ByteBuffer.allocate(1);
        for (int nuls = 0; nuls < 2;) {
            octet.clear();
            assertEquals(1, client.read(octet));
            char read = (char) octet.get(0);
            answer.append(read);
            nuls += read == 0 ? 1 : 0;
        }
        return answer.toString();
    }

    private SessionFactory sessions() {
        return (SessionFactory) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {SessionFactory.class},
                (proxy, method, arguments) -> session((PrintStream) arguments[1]));
    }

    private Session session(PrintStream out) {
        return (Session) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Session.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "execute" -> execute(arguments[0].toString(), out);
                    case "getRegistry" -> registry();
                    default -> null;
                });
    }

    private Registry registry() {
        Command command = (Command) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Command.class},
                (proxy, method, arguments) -> method.getName().equals("getScope") ? "l2tp" : name);
        return (Registry) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Registry.class},
                (proxy, method, arguments) -> method.getName().equals("getCommands") ? List.of(command) : null);
    }

    private Object execute(String line, PrintStream out) throws InterruptedException {
        switch (line) {
            case "seven":
                return 7;
            case "fail":
                throw new IllegalStateException("it went wrong");
            case "long":
                out.print("x".repeat(1_000_000));
                return null;
            case "forever":
                out.print("waiting\n");
                started.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                }
                return null;
            default:
                out.println("you said: " + line);
                return null;
        }
    }
}
