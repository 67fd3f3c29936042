package org.isthmus.protocol.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.isthmus.protocol.capture.CapturedDatagram;
import org.isthmus.protocol.capture.PcapngBlocks;
import org.isthmus.protocol.trace.MessageTrace;
import org.isthmus.protocol.wire.EveryMessage;

/**
 * The simulator as a program. docs/simulator.md says how to use it.
 *
 * <pre>
 * seeds COUNT [WEATHER] [FIRST]     runs so many seeds; WEATHER is changing or storm
 * seed SEED [WEATHER] [FILE]        runs one with its trace, and writes its datagrams to a pcapng file
 * captures FOLDER                   writes pcapng files: messages has each message that there is, the others are runs
 * </pre>
 */
final class Simulator {

    private static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    private static final int CAPTURED_SEEDS = 8;

    private Simulator() {
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("captures")) {
            captures(Path.of(arguments[1]));
            OUT.flush();
            return;
        }
        long number = Long.parseLong(arguments[1]);
        Weather weather = Weather.valueOf((arguments.length > 2 ? arguments[2] : "changing").toUpperCase(Locale.ROOT));
        boolean well = switch (arguments[0]) {
            case "seeds" -> seeds(number, weather, arguments.length > 3 ? Long.parseLong(arguments[3]) : 1);
            case "seed" -> seed(number, weather, arguments.length > 3 ? Path.of(arguments[3]) : null);
            default -> throw new IllegalArgumentException(arguments[0]);
        };
        OUT.flush();
        System.exit(well ? 0 : 1);
    }

    private static boolean seeds(long count, Weather weather, long first) {
        long began = System.nanoTime();
        Sweep sweep = new Sweep(weather, first, count).run();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        sweep.broken().forEach((seed, why) -> OUT.printf("seed %d: %s%n    replay: %s%n", seed, why, replay(seed, weather)));
        OUT.printf("%s: %s in %,d s; %s%n", sweep.broken().isEmpty() ? "summary" : "broken",
                String.format("%,d seeds", count), seconds, sweep.tally());
        return sweep.broken().isEmpty();
    }

    /** The command that runs a seed again with its trace. */
    static String replay(long seed, Weather weather) {
        return "./check seed " + seed + (weather == Weather.CHANGING ? "" : " " + weather.name().toLowerCase(Locale.ROOT));
    }

    private static boolean seed(long seed, Weather weather, Path file) throws IOException {
        RandomRun run = new RandomRun(seed, weather);
        run.world().traceTo(OUT::println);
        return file == null ? traced(run, seed) : captured(run, seed, weather, file);
    }

    private static boolean captured(RandomRun run, long seed, Weather weather, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(PcapngBlocks.start("isthmus simulator", "seed " + seed, Map.of("seed", seed, "weather", weather).toString()));
            run.world().captureTo(writer(out));
            return traced(run, seed);
        }
    }

    private static void captures(Path folder) throws IOException {
        messages(folder.resolve("messages.pcapng"));
        for (Weather weather : Weather.values()) {
            for (long seed = 1; seed <= CAPTURED_SEEDS; seed++) {
                RandomRun run = new RandomRun(seed, weather);
                // Where bits are turned over, an analyser has every right to complain.
                if (!run.isCorrupting()) {
                    captured(run, seed, weather, folder.resolve(weather.name().toLowerCase(Locale.ROOT) + "-" + seed + ".pcapng"));
                }
            }
        }
    }

    private static void messages(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(PcapngBlocks.start("isthmus simulator", "messages", "each message with each AVP that it may have"));
            long micros = 0;
            for (EveryMessage.Sample sample : EveryMessage.all()) {
                int pair = 2 * sample.conversation();
                InetSocketAddress asking = new InetSocketAddress("10.0.0." + (pair + 1), 1701);
                InetSocketAddress asked = new InetSocketAddress("10.0.0." + (pair + 2), 1701);
                out.write(PcapngBlocks.packet(new CapturedDatagram(micros++, true, sample.asked() ? asked : asking,
                        sample.asked() ? asking : asked, false, ByteBuffer.wrap(sample.bytes()))));
                OUT.println(MessageTrace.of(ByteBuffer.wrap(sample.bytes())));
            }
        }
    }

    private static Consumer<CapturedDatagram> writer(OutputStream out) {
        return datagram -> {
            try {
                out.write(PcapngBlocks.packet(datagram));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static boolean traced(RandomRun run, long seed) {
        try {
            run.run();
            OUT.println("seed " + seed + " holds: " + run.tally());
            return true;
        } catch (AssertionError | RuntimeException e) {
            OUT.println("seed " + seed + " breaks at " + run.world().now() / 1000.0 + " s: " + e.getMessage());
            e.printStackTrace(OUT);
            return false;
        }
    }
}
