package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.TOO_BIG_BELIEVED;
import static org.isthmus.core.counters.Counter.TOO_BIG_DOUBTED;
import static org.isthmus.core.counters.Counter.TOO_BIG_RECEIVED;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.core.admission.TokenBucket;
import org.isthmus.core.net.TooBig;

/**
 * The tunnels of one worker that discover their path MTU, by the address of their peer, and what is believed of the reports about
 * packets that were too big. Anybody can send an ICMP error: one counts only if it quotes identifiers of the tunnel.
 */
final class PathMtus {
    /** Looking at a report takes time in proportion to the sessions of its tunnels. */
    private static final int REPORTS_PER_SECOND = 50;

    private final Worker worker;
    private final Map<InetAddress, List<PathMtu>> byPeer = new HashMap<>();
    private final TokenBucket reports = new TokenBucket();

    PathMtus(Worker worker) {
        this.worker = worker;
    }

    void add(InetAddress peer, PathMtu path) {
        byPeer.computeIfAbsent(peer, address -> new ArrayList<>(1)).add(path);
    }

    void remove(InetAddress peer, PathMtu path) {
        byPeer.computeIfPresent(peer, (address, paths) -> {
            paths.remove(path);
            return paths.isEmpty() ? null : paths;
        });
    }

    /** Takes a report that this worker's sockets heard. The kernel gives those about UDP to any worker. */
    void reported(Encapsulation encapsulation, TooBig report) {
        if (report.fromHere()) {
            List.copyOf(byPeer.getOrDefault(report.to().getAddress(), List.of())).forEach(path -> path.told(report.bytes()));
            return;
        }
        worker.count(TOO_BIG_RECEIVED);
        if (!reports.take(REPORTS_PER_SECOND, worker.nowMillis())) {
            return;
        }
        if (encapsulation == Encapsulation.UDP) {
            worker.engine().workers().forEach(each -> each.execute(() -> each.pathMtus().judge(encapsulation, report)));
        } else {
            judge(encapsulation, report);
        }
    }

    private void judge(Encapsulation encapsulation, TooBig report) {
        for (PathMtu path : List.copyOf(byPeer.getOrDefault(report.to().getAddress(), List.of()))) {
            Quoted.Verdict verdict = path.judge(encapsulation, report);
            if (verdict == Quoted.Verdict.TOO_SHORT) {
                worker.count(TOO_BIG_DOUBTED);
                path.doubt();
            } else if (verdict == Quoted.Verdict.OURS && path.told(report.bytes())) {
                worker.count(TOO_BIG_BELIEVED);
            }
        }
    }
}
