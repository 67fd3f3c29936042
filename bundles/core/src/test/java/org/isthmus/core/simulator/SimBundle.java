package org.isthmus.core.simulator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.dataplane.BundleSpec;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.ppp.PppFrame;

/** A bundle of the data plane in memory: its links take turns, each frame is one fragment. */
public final class SimBundle {
    /** The protocol of fragments, RFC 1990 section 3. */
    static final int FRAGMENT = 0x003d;

    private final BundleSpec spec;
    private final List<SimDataplane.Session> links = new ArrayList<>();
    private Optional<NetworkSpec> network = Optional.empty();
    private int numbers;
    private int turn;

    SimBundle(BundleSpec spec) {
        this.spec = spec;
    }

    void add(SimDataplane.Session link, BundleSpec wanted) {
        if (!wanted.equals(spec)) {
            throw new AssertionError(wanted + " in a bundle of " + spec);
        }
        links.add(link);
    }

    void remove(SimDataplane.Session link) {
        links.remove(link);
    }

    /** The links, the one that leads in front. */
    public List<SimDataplane.Session> links() {
        return links;
    }

    SimDataplane.Session leader() {
        return links.get(0);
    }

    SimDataplane.Session next() {
        return links.get(turn++ % links.size());
    }

    void lead(SimDataplane.Session leader) {
        links.remove(leader);
        links.add(0, leader);
    }

    void up(NetworkSpec wanted) {
        network = Optional.of(wanted);
    }

    void down() {
        network = Optional.empty();
    }

    Optional<NetworkSpec> network() {
        return network;
    }

    static boolean isOfNetwork(ByteBuffer frame) {
        return isOfNetwork(PppFrame.readProtocol(frame.duplicate()));
    }

    static boolean isOfNetwork(int protocol) {
        return protocol >= 0x8000 && protocol < 0xc000;
    }

    /** Protocol (2), begin and end and 24 bits of number (4), frame. */
    ByteBuffer fragment(ByteBuffer frame) {
        return ByteBuffer.allocate(6 + frame.remaining()).putShort((short) FRAGMENT).putInt(0xc000_0000 | numbers++ & 0xff_ffff)
                .put(frame.duplicate()).flip();
    }

    /** What follows the head of a fragment. */
    static ByteBuffer whole(ByteBuffer information) {
        return information.slice(information.position() + 4, information.remaining() - 4);
    }
}
