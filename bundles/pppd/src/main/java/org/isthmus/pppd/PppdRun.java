package org.isthmus.pppd;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.isthmus.api.ppp.PppPort;
import org.isthmus.api.ppp.PppRun;
import org.isthmus.api.ppp.PppSpec;
import org.isthmus.linux.ChildProcess;
import org.isthmus.linux.Descriptor;
import org.isthmus.linux.Pipe;

/** One pppd, from when it is wanted until it is gone. What is not final is touched by the launcher's thread alone. */
final class PppdRun implements PppRun {
    private static final int LINE_BYTES = 4096;

    final long number;
    final PppSpec spec;
    final PppPort port;
    /** The session's socket, a descriptor of our own. */
    final Descriptor socket;
    final LinkState link;
    private final Launcher launcher;

    ChildProcess child;
    Pipe said;
    long childToken;
    long saidToken;
    boolean abandoned;
    /** Why the engine wants it to end. */
    Optional<String> closing = Optional.empty();
    private final StringBuilder line = new StringBuilder();
    private String lastSaid = "";

    PppdRun(Launcher launcher, long number, PppSpec spec, PppPort port, Descriptor socket) {
        this.launcher = launcher;
        this.number = number;
        this.spec = spec;
        this.port = port;
        this.socket = socket;
        this.link = new LinkState(spec);
    }

    @Override
    public void close(String why) {
        launcher.close(this, why);
    }

    @Override
    public void abandon() {
        launcher.abandon(this);
    }

    @Override
    public void mtu(int mtu) {
        launcher.mtu(this, mtu);
    }

    /** Reads what pppd says; true once it says no more. */
    boolean listen(ByteBuffer buffer) {
        int read;
        while ((read = said.read(buffer.clear().limit(LINE_BYTES))) > 0) {
            StandardCharsets.UTF_8.decode(buffer.flip()).chars().forEach(c -> {
                if (c == '\n') {
                    lineSaid();
                } else if (line.length() < LINE_BYTES) {
                    line.append(Character.isISOControl(c) ? ' ' : (char) c);
                }
            });
        }
        return read == 0;
    }

    private void lineSaid() {
        String text = line.toString().strip();
        line.setLength(0);
        Launcher.LOG.debug("session \"{}\": pppd: {}", spec.session(), text);
        if (!Sayings.isRoutine(text)) {
            lastSaid = text;
        }
    }

    /** What explains its end, or empty. */
    String lastSaid() {
        return lastSaid;
    }

    @Override
    public String toString() {
        return "session \"" + spec.session() + "\"";
    }
}
