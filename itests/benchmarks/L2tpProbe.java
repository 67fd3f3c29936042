import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * A small L2TP client that behaves well or badly, to see what a server makes of it. It shares no code with the appliance,
 * so that it cannot share its faults. Run as a source file: {@code java L2tpProbe.java one 192.0.2.2}.
 *
 * <pre>
 * one SERVER SECONDS [FROM]        one SCCRQ of 53 bytes, never answered; prints what came back: datagrams bytes
 * flood SERVER COUNT MILLIS [FROM] so many SCCRQs in so long, each from a port of its own; prints: sent answered bytes
 * hold SERVER SECONDS [FROM]       sets up a tunnel, sends a HELLO each second; prints: up-millis hellos acked worst-millis
 * open SERVER SECONDS [FROM]       tries to set up a tunnel for so long, as a peer does; prints the milliseconds, or -1
 * </pre>
 */
public final class L2tpProbe {
    private static final int SCCRQ = 1;
    private static final int SCCRP = 2;
    private static final int SCCCN = 3;
    private static final int HELLO = 6;

    private final DatagramSocket socket;
    private final InetSocketAddress server;
    private final int ourId = 1 + (int) (Math.random() * 65_534);
    private int peerId;
    private int ns;
    private int nr;

    private L2tpProbe(String server, String from) throws IOException {
        this.server = new InetSocketAddress(server, 1701);
        this.socket = from.isEmpty() ? new DatagramSocket() : new DatagramSocket(0, InetAddress.getByName(from));
    }

    public static void main(String[] args) throws IOException {
        String from = args.length > (args[0].equals("flood") ? 4 : 3) ? args[args.length - 1] : "";
        switch (args[0]) {
            case "one" -> one(args[1], Integer.parseInt(args[2]), from);
            case "flood" -> flood(args[1], Integer.parseInt(args[2]), Integer.parseInt(args[3]), from);
            case "hold" -> new L2tpProbe(args[1], from).hold(Integer.parseInt(args[2]));
            case "open" -> System.out.println(new L2tpProbe(args[1], from).open(Integer.parseInt(args[2]) * 1000L));
            default -> throw new IllegalArgumentException("one, flood, hold or open, not " + args[0]);
        }
    }

    private static void one(String server, int seconds, String from) throws IOException {
        L2tpProbe probe = new L2tpProbe(server, from);
        probe.send(probe.sccrq());
        int datagrams = 0;
        int bytes = 0;
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        for (DatagramPacket packet = probe.receive(end); packet != null; packet = probe.receive(end)) {
            datagrams++;
            bytes += packet.getLength();
        }
        System.out.println(datagrams + " " + bytes);
    }

    private static void flood(String server, int count, int millis, String from) throws IOException {
        DatagramSocket[] sockets = new DatagramSocket[count];
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            L2tpProbe probe = new L2tpProbe(server, from);
            sockets[i] = probe.socket;
            probe.send(probe.sccrq());
            long ahead = start + millis * 1_000_000L * i / count - System.nanoTime();
            if (ahead > 1_000_000) {
                LockSupport.parkNanos(ahead);
            }
        }
        int answered = 0;
        long bytes = 0;
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        LockSupport.parkNanos(1_500_000_000L);
        for (DatagramSocket socket : sockets) {
            socket.setSoTimeout(1);
            boolean any = false;
            try {
                while (true) {
                    socket.receive(packet);
                    bytes += packet.getLength();
                    any = true;
                }
            } catch (SocketTimeoutException nothingMore) {
                answered += any ? 1 : 0;
            }
            socket.close();
        }
        System.out.println(count + " " + answered + " " + bytes);
    }

    private void hold(int seconds) throws IOException {
        long up = open(20_000);
        if (up < 0) {
            System.out.println("-1 0 0 0");
            return;
        }
        int hellos = 0;
        int acked = 0;
        long worst = 0;
        for (int second = 0; second < seconds; second++) {
            long sent = System.nanoTime();
            int number = ns;
            sendNumbered(message(HELLO));
            hellos++;
            long next = sent + 1_000_000_000L;
            boolean isAcked = false;
            for (DatagramPacket packet = receive(next); packet != null; packet = receive(next)) {
                int ackedUpTo = take(packet);
                if (!isAcked && (short) (ackedUpTo - number) > 0) {
                    isAcked = true;
                    acked++;
                    worst = Math.max(worst, (System.nanoTime() - sent) / 1_000_000);
                }
            }
        }
        System.out.println(up + " " + hellos + " " + acked + " " + worst);
    }

    /** Like any peer: a second's wait, then two, then four. */
    private long open(long millis) throws IOException {
        long start = System.nanoTime();
        long deadline = start + millis * 1_000_000L;
        long wait = 1_000_000_000L;
        while (System.nanoTime() < deadline) {
            ns = 0;
            send(sccrq());
            long next = Math.min(deadline, System.nanoTime() + wait);
            for (DatagramPacket packet = receive(next); packet != null; packet = receive(next)) {
                if (type(packet) == SCCRP) {
                    long took = (System.nanoTime() - start) / 1_000_000;
                    ns = 1;
                    nr = 1;
                    peerId = assignedId(packet);
                    sendNumbered(message(SCCCN));
                    return took;
                }
            }
            wait = Math.min(8_000_000_000L, wait * 2);
        }
        return -1;
    }

    /** Acknowledges a message that wants it; returns the Nr. */
    private int take(DatagramPacket packet) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
        if (packet.getLength() > 12 && (in.getShort(0) & 0x8000) != 0) {
            if (in.getShort(8) == (short) nr) {
                nr++;
            }
            send(header(ByteBuffer.allocate(12)).flip());
        }
        return packet.getLength() >= 12 ? in.getShort(10) & 0xffff : 0;
    }

    private DatagramPacket receive(long until) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        long left = (until - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            return null;
        }
        socket.setSoTimeout((int) left);
        try {
            socket.receive(packet);
            return packet;
        } catch (SocketTimeoutException nothing) {
            return null;
        }
    }

    private void sendNumbered(ByteBuffer message) throws IOException {
        send(message);
        ns++;
    }

    private void send(ByteBuffer message) throws IOException {
        socket.send(new DatagramPacket(message.array(), message.limit(), server));
    }

    private ByteBuffer sccrq() {
        ByteBuffer out = header(ByteBuffer.allocate(200));
        avp(out, 0, (short) SCCRQ);
        avp(out, 2, (short) 0x0100);
        out.putShort((short) 0x800a).putShort((short) 0).putShort((short) 3).putInt(3);
        byte[] name = "a".getBytes(StandardCharsets.US_ASCII);
        out.putShort((short) (0x8000 | 6 + name.length)).putShort((short) 0).putShort((short) 7).put(name);
        avp(out, 9, (short) ourId);
        return finish(out);
    }

    private ByteBuffer message(int type) {
        ByteBuffer out = header(ByteBuffer.allocate(64));
        avp(out, 0, (short) type);
        return finish(out);
    }

    private ByteBuffer header(ByteBuffer out) {
        return out.putShort((short) 0xc802).putShort((short) 12).putShort((short) peerId).putShort((short) 0)
                .putShort((short) ns).putShort((short) nr);
    }

    private static void avp(ByteBuffer out, int type, short value) {
        out.putShort((short) 0x8008).putShort((short) 0).putShort((short) type).putShort(value);
    }

    private static ByteBuffer finish(ByteBuffer out) {
        out.putShort(2, (short) out.position());
        return out.flip();
    }

    private static int type(DatagramPacket packet) {
        ByteBuffer in = ByteBuffer.wrap(packet.getData());
        return packet.getLength() >= 20 && in.getShort(16) == 0 ? in.getShort(18) : -1;
    }

    private static int assignedId(DatagramPacket packet) {
        ByteBuffer in = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
        for (int at = 12; at + 6 <= packet.getLength();) {
            int length = in.getShort(at) & 0x3ff;
            if (in.getShort(at + 4) == 9) {
                return in.getShort(at + 6) & 0xffff;
            }
            at += Math.max(6, length);
        }
        return 0;
    }
}
