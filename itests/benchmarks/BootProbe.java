import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts an appliance and asks it for a tunnel until it answers, as a peer that waits for it would.
 * Prints: milliseconds to the first SCCRP, milliseconds of processor time until then, resident MB when idle, milliseconds to stop.
 *
 * <pre>BootProbe COMMAND WORDS...</pre>
 */
public final class BootProbe {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int IDLE_SECONDS = 5;

    public static void main(String[] command) throws Exception {
        byte[] request = request();
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1701));
            long begin = System.nanoTime();
            Process appliance = new ProcessBuilder(List.of(command)).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            long up = waitForReply(channel, request, begin);
            long processor = processorMillis(appliance.pid());
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            long resident = residentKilobytes(appliance.pid());
            long stopping = System.nanoTime();
            appliance.destroy();
            boolean stopped = appliance.waitFor(40, TimeUnit.SECONDS);
            System.out.printf("%d %d %d %d%n", millis(up - begin), processor, resident / 1024,
                    stopped ? millis(System.nanoTime() - stopping) : -1);
            appliance.destroyForcibly();
        }
    }

    private static long waitForReply(DatagramChannel channel, byte[] request, long begin) throws Exception {
        ByteBuffer answer = ByteBuffer.allocate(2048);
        while (System.nanoTime() - begin < LIMIT_NANOS) {
            try {
                answer.clear();
                if (channel.read(answer) > 12) {
                    return System.nanoTime();
                }
                channel.write(ByteBuffer.wrap(request));
            } catch (PortUnreachableException notYet) {
                continue;
            } finally {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
        throw new IOException("no SCCRP within a minute");
    }

    /** RFC 2661, 6.1: the AVPs that a Start-Control-Connection-Request must have, and no more. */
    private static byte[] request() throws IOException {
        ByteArrayOutputStream avps = new ByteArrayOutputStream();
        avp(avps, 0, 0, 1);
        avp(avps, 2, 1, 0);
        avp(avps, 7, "boot".getBytes(StandardCharsets.US_ASCII));
        avp(avps, 3, 0, 0, 0, 3);
        avp(avps, 9, 0x12, 0x34);
        ByteBuffer message = ByteBuffer.allocate(12 + avps.size());
        message.putShort((short) 0xC802).putShort((short) message.capacity()).putLong(0).put(avps.toByteArray());
        return message.array();
    }

    private static void avp(ByteArrayOutputStream to, int type, int... value) throws IOException {
        byte[] bytes = new byte[value.length];
        for (int i = 0; i < value.length; i++) {
            bytes[i] = (byte) value[i];
        }
        avp(to, type, bytes);
    }

    private static void avp(ByteArrayOutputStream to, int type, byte[] value) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        out.writeShort(0x8000 | (6 + value.length));
        out.writeShort(0);
        out.writeShort(type);
        out.write(value);
    }

    private static long processorMillis(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10;
    }

    private static long residentKilobytes(long pid) throws IOException {
        String line = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
        return Long.parseLong(Arrays.stream(line.split("\\s+")).skip(1).findFirst().orElseThrow());
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
