package org.isthmus.cli;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The other end of the command socket, started by bin/l2tp in a process of its own. Arguments are one command line; without any,
 * each line of the input is one. The exit status is that of the last command, or 2 when no appliance answers.
 */
public final class Client {

    private static final int NO_APPLIANCE = 2;

    private final InputStream in;
    private final OutputStream out;
    private final PrintStream screen = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    private Client(SocketChannel channel) {
        in = new BufferedInputStream(Channels.newInputStream(channel));
        out = Channels.newOutputStream(channel);
    }

    /** @param arguments the path of the socket, then the words of the command, if any */
    public static void main(String[] arguments) throws IOException {
        Path socket = Path.of(arguments[0]);
        List<String> words = List.of(arguments).subList(1, arguments.length);
        if (!Files.exists(socket)) {
            System.err.println("l2tp: no appliance runs here (no socket " + socket + ")");
            System.exit(NO_APPLIANCE);
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Client client = new Client(channel);
            System.exit(words.isEmpty() ? client.all() : client.ask(String.join(" ", words)));
        } catch (IOException e) {
            System.err.println("l2tp: the appliance at " + socket + " does not answer: " + e.getMessage());
            System.exit(NO_APPLIANCE);
        }
    }

    private int all() throws IOException {
        boolean person = System.console() != null;
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int status = 0;
        while (true) {
            if (person) {
                screen.print("l2tp> ");
                screen.flush();
            }
            String line = lines.readLine();
            if (line == null || line.equals("exit")) {
                return status;
            }
            if (!line.isBlank()) {
                status = ask(line);
            }
        }
    }

    private int ask(String line) throws IOException {
        out.write((line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
        copyUntilNul(screen);
        screen.flush();
        StringBuilder status = new StringBuilder();
        for (int b = read(); b != 0; b = read()) {
            status.append((char) b);
        }
        return Integer.parseInt(status.toString());
    }

    private void copyUntilNul(PrintStream to) throws IOException {
        for (int b = read(); b != 0; b = read()) {
            to.write(b);
            if (in.available() == 0) {
                to.flush();
            }
        }
    }

    private int read() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new IOException("it closed the connection");
        }
        return b;
    }
}
