import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Packets for the demo where no other tool is installed.
 *
 * <pre>
 * Probe serve ADDRESS PORT           echoes UDP, swallows TCP; prints "ready"
 * Probe echo ADDRESS PORT COUNT      sends COUNT datagrams, prints the loss as ping does; status 0 when none was lost
 * Probe blast ADDRESS PORT SECONDS   sends TCP for so long, prints the throughput
 * </pre>
 */
public final class Probe {

    private static final int CHUNK = 64 * 1024;

    public static void main(String[] arguments) throws Exception {
        InetAddress address = InetAddress.getByName(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        switch (arguments[0]) {
            case "serve" -> serve(address, port);
            case "echo" -> System.exit(echo(address, port, Integer.parseInt(arguments[3])));
            case "blast" -> blast(address, port, Integer.parseInt(arguments[3]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void serve(InetAddress address, int port) throws IOException {
        DatagramSocket udp = new DatagramSocket(new InetSocketAddress(address, port));
        ServerSocket tcp = new ServerSocket();
        tcp.bind(new InetSocketAddress(address, port));
        Thread echo = new Thread(() -> reflect(udp));
        echo.setDaemon(true);
        echo.start();
        System.out.println("ready");
        byte[] chunk = new byte[CHUNK];
        while (true) {
            try (Socket client = tcp.accept()) {
                InputStream in = client.getInputStream();
                long bytes = 0;
                for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                    bytes += n;
                }
                client.getOutputStream().write(ByteBuffer.allocate(Long.BYTES).putLong(bytes).array());
            }
        }
    }

    private static void reflect(DatagramSocket udp) {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        try {
            while (true) {
                packet.setLength(2048);
                udp.receive(packet);
                udp.send(packet);
            }
        } catch (IOException e) {
            System.err.println("the echo ended: " + e.getMessage());
        }
    }

    private static int echo(InetAddress address, int port, int count) throws Exception {
        int received = 0;
        double total = 0;
        try (DatagramSocket udp = new DatagramSocket()) {
            udp.connect(address, port);
            udp.setSoTimeout(1000);
            for (int i = 0; i < count; i++) {
                byte[] question = ByteBuffer.allocate(56).putInt(i).array();
                DatagramPacket answer = new DatagramPacket(new byte[56], 56);
                long sent = System.nanoTime();
                udp.send(new DatagramPacket(question, question.length));
                try {
                    do {
                        udp.receive(answer);
                    } while (ByteBuffer.wrap(answer.getData()).getInt() != i);
                    received++;
                    total += (System.nanoTime() - sent) / 1e6;
                } catch (SocketTimeoutException lost) {
                    continue;
                }
                Thread.sleep(50);
            }
        }
        System.out.printf(Locale.ROOT, "%d packets transmitted, %d received, %d%% packet loss, rtt avg %.2f ms%n",
                count, received, Math.round(100.0 * (count - received) / count), total / Math.max(1, received));
        return received == count ? 0 : 1;
    }

    private static void blast(InetAddress address, int port, int seconds) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (Socket socket = new Socket(address, port)) {
            OutputStream out = socket.getOutputStream();
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < seconds * 1_000_000_000L) {
                out.write(chunk);
            }
            socket.shutdownOutput();
            long bytes = ByteBuffer.wrap(socket.getInputStream().readNBytes(Long.BYTES)).getLong();
            double duration = (System.nanoTime() - begin) / 1e9;
            System.out.printf(Locale.ROOT, "%.0f Mbit/s (%.1f MB in %.1f s)%n", bytes * 8 / duration / 1e6, bytes / 1e6, duration);
        }
    }
}
