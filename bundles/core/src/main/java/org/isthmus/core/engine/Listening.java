package org.isthmus.core.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.config.Endpoint;
import org.isthmus.api.config.InvalidValueException;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;
import org.isthmus.api.config.ValueTypes;
import org.isthmus.core.net.Arrival;
import org.isthmus.core.net.Port;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the system block says that peers are heard. Immutable.
 *
 * @param heard     the addresses and ports that are open; port 0 stands for IP protocol 115
 * @param addresses those that were asked for, wildcards among them
 */
record Listening(List<InetSocketAddress> heard, Set<InetAddress> addresses) {
    static final Listening NOWHERE = new Listening(List.of(), Set.of());

    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    Listening {
        heard = List.copyOf(heard);
        addresses = Set.copyOf(addresses);
    }

    /** Has every worker open each address; what cannot be opened is left out. */
    static Listening open(List<Worker> workers, Settings system) {
        if (!system.get(SystemParameters.LISTEN)) {
            return NOWHERE;
        }
        List<InetSocketAddress> heard = new ArrayList<>();
        List<InetSocketAddress> wanted = addresses(system);
        Set<InetAddress> addresses = wanted.stream().map(InetSocketAddress::getAddress).collect(Collectors.toSet());
        for (InetSocketAddress address : wanted) {
            try {
                // In the order of the workers: the kernel finds a packet's worker by its place among the sockets.
                for (Worker worker : workers) {
                    await(worker, () -> worker.listening().open(address));
                }
                heard.add(address);
            } catch (IOException refused) {
                LOG.error("cannot listen on {}: {}. Is another L2TP server running? Set listen_address or udp_port in the"
                        + " system block of l2tpd.conf", Words.of(address), refused.getMessage());
            }
        }
        if (system.get(SystemParameters.LISTEN_IP)) {
            heard.addAll(openIp(workers, wanted));
        }
        if (!heard.isEmpty()) {
            LOG.info("peers are heard on {}", heard.stream().map(Words::of).toList());
        }
        return new Listening(heard, addresses);
    }

    /** What other objects had opened, and this worker like all others has open now. */
    static Listening resumed(Worker worker, Settings system) {
        List<InetSocketAddress> heard = worker.ask(() -> worker.listening().all().stream().map(Port::local).toList())
                .orTimeout(EngineCheckpoints.RESUMING_MILLIS, TimeUnit.MILLISECONDS).join(); // a worker that hangs is not waited for
        Set<InetAddress> addresses = addresses(system).stream().map(InetSocketAddress::getAddress).collect(Collectors.toSet());
        return new Listening(heard, addresses);
    }

    private static List<InetSocketAddress> openIp(List<Worker> workers, List<InetSocketAddress> wanted) {
        Set<InetAddress> families = new LinkedHashSet<>();
        wanted.forEach(address -> families.add(LocalTunnels.wildcard(address.getAddress())));
        List<InetSocketAddress> heard = new ArrayList<>();
        for (InetAddress any : families) {
            try {
                for (Worker worker : workers) {
                    await(worker, () -> worker.listening().openIp(any));
                }
                heard.add(new InetSocketAddress(any, 0));
            } catch (IOException refused) {
                LOG.error("cannot hear IP protocol 115 (listen_ip): {}", refused.getMessage());
            }
        }
        return heard;
    }

    /** Whether a request came to an address on which peers are heard: the socket for IP hears them all. */
    boolean isMeant(Arrival arrival) {
        if (arrival.encapsulation() == Encapsulation.UDP) {
            return true;
        }
        InetAddress to = arrival.destination();
        return addresses.contains(to) || addresses.contains(LocalTunnels.wildcard(to));
    }

    private static void await(Worker worker, Callable<?> open) throws IOException {
        try {
            worker.attempt(open).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof IOException refused) {
                throw refused;
            }
            throw failed;
        }
    }

    private static List<InetSocketAddress> addresses(Settings system) {
        int port = system.get(SystemParameters.UDP_PORT);
        Optional<List<Endpoint>> named = system.find(SystemParameters.LISTEN_ADDRESS);
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (Endpoint endpoint : named.orElse(List.of(new Endpoint("0.0.0.0", 0), new Endpoint("::", 0)))) {
            try {
                InetAddress address = ValueTypes.ADDRESS.parse(endpoint.host());
                addresses.add(new InetSocketAddress(address, endpoint.port() == 0 ? port : endpoint.port()));
            } catch (InvalidValueException name) {
                LOG.error("listen_address {}: an address is needed here, not a name; it is left out", endpoint);
            }
        }
        return addresses;
    }
}
