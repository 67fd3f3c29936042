package org.isthmus.dataplane.kernel;

import org.isthmus.api.config.Prefix;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.linux.SocketFilter;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the program that lets a peer's network packets pass if they come from its own address or from a network behind it. A PPP unit runs it on
 * each packet, in front of which it puts a byte that is 1 for what we send, a byte without meaning, and the PPP protocol.
 */
final class SourceFilter {

    private static final int PROTOCOL = 2;
    private static final int INET_SOURCE = 4 + 12;
    private static final int INET6_SOURCE = 4 + 8;
    private static final int IPV4 = 0x0021;
    private static final int IPV6 = 0x0057;

    private SourceFilter() {
    }

    /** The program; empty where everything may come from the peer, since everything goes there. */
    static Optional<SocketFilter> of(NetworkSpec network) {
        if (network.defaultRoute()) {
            return Optional.empty();
        }
        List<Prefix> inet = new ArrayList<>();
        List<Prefix> inet6 = new ArrayList<>();
        network.remoteIpv4().ifPresent(peer -> inet.add(host(peer)));
        network.remoteIpv6().ifPresent(peer -> {
            inet6.add(host(peer));
            // The unspecified address is how a peer asks whether an address is free before it has one.
            inet6.add(new Prefix(unspecified(), 128));
        });
        network.routes().forEach(behind -> (behind.address().getAddress().length == 4 ? inet : inet6).add(behind));
        SocketFilter program = new SocketFilter().loadByte(0).skipIfEqual(1, 0, 1).keep().loadHalf(PROTOCOL);
        family(program, IPV4, inet, INET_SOURCE);
        family(program, IPV6, inet6, INET6_SOURCE);
        return Optional.of(program.keep());
    }

    /** Keeps what comes from these, drops what else is of the family, and goes on with all else and the protocol loaded. */
    private static void family(SocketFilter program, int protocol, List<Prefix> prefixes, int source) {
        int length = 1 + prefixes.stream().mapToInt(SourceFilter::instructions).sum();
        program.skipIfEqual(protocol, 1, 0).skip(length);
        for (Prefix prefix : prefixes) {
            ByteBuffer address = ByteBuffer.wrap(prefix.address().getAddress());
            int left = instructions(prefix);
            for (int bits = prefix.length(), offset = source; bits > 0; bits -= 32, offset += 4) {
                int mask = bits >= 32 ? -1 : -1 << 32 - bits;
                left -= 3;
                program.loadWord(offset).and(mask).skipIfEqual(address.getInt() & mask, 0, left);
            }
            program.keep();
        }
        program.drop();
    }

    private static int instructions(Prefix prefix) {
        return 3 * ((prefix.length() + 31) / 32) + 1;
    }

    private static Prefix host(InetAddress address) {
        return new Prefix(address, 8 * address.getAddress().length);
    }

    private static InetAddress unspecified() {
        try {
            return InetAddress.getByAddress(new byte[16]);
        } catch (java.net.UnknownHostException impossible) {
            throw new IllegalStateException("16 bytes are an address", impossible);
        }
    }
}
