package org.isthmus.core.simulator;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.isthmus.api.TunnelState;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.core.net.TooBig;
import org.junit.jupiter.api.Tag;

/**
 * Whatever an ICMP error says of a packet of ours and quotes of it, nothing is thrown, the tunnels stay, and their packets never
 * become smaller than a path has to let pass.
 */
@Tag("fuzz")
class TooBigFuzzTest {
    private static final List<Pair> PAIRS = Stream.of("version l2tpv2", "version l2tpv3", "version l2tpv3\nencap ip")
            .map(TooBigFuzzTest::pair).toList();
    private static final int LEAST_IPV4_PATH = 576 - 100;

    private static Pair pair(String kind) {
        Pair pair = new Pair(7, 1);
        String discovery = "tunnel profile \"default\" {\ndo_pmtu_discovery true\n}\n";
        pair.lns.apply(discovery + Pair.LNS.replace("host_name lns", "host_name lns\nlisten_ip true"));
        pair.lac.apply(discovery + Pair.LAC.replace("peer ", kind + "\npeer "));
        pair.settle();
        pair.assertPackets();
        return pair;
    }

    @FuzzTest(maxDuration = "30s")
    void anyReport(FuzzedDataProvider data) {
        Pair pair = PAIRS.get(data.consumeInt(0, PAIRS.size() - 1));
        Encapsulation encapsulation = data.consumeBoolean() ? Encapsulation.UDP : Encapsulation.IP;
        int bytes = data.consumeInt();
        boolean fromHere = data.consumeBoolean();
        ByteBuffer quoted = ByteBuffer.wrap(data.consumeBytes(64));
        pair.lac.workers().forEach(worker -> pair.lac.inTurn(worker, () -> worker.tooBig(encapsulation,
                new TooBig(pair.lac.tunnel("office").peer().orElseThrow(), bytes, fromHere, quoted))));
        pair.world.runSeconds(1); // so that each report is looked at, and what it begins goes on
        if (pair.lac.tunnel("office").state() != TunnelState.ESTABLISHED || pair.lac.session("office/alice").ppp().orElseThrow().mtu() < LEAST_IPV4_PATH) {
            throw new AssertionError(pair.lac.tunnel("office") + ", " + pair.lac.session("office/alice"));
        }
    }
}
