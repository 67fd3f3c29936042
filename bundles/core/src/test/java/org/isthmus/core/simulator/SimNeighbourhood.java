package org.isthmus.core.simulator;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.isthmus.core.net.Neighbourhood;

/** What an appliance's neighbours know. */
final class SimNeighbourhood implements Neighbourhood {
    private final Set<String> answered = new TreeSet<>();
    private final Map<String, List<InetAddress>> nameServers = new TreeMap<>();

    @Override
    public void answerFor(Inet4Address peer, String session) {
        answered.add(peer.getHostAddress());
    }

    @Override
    public void answerNoLongerFor(Inet4Address peer) {
        answered.remove(peer.getHostAddress());
    }

    @Override
    public void nameServers(String session, List<InetAddress> servers) {
        if (servers.isEmpty()) {
            nameServers.remove(session);
        } else {
            nameServers.put(session, servers);
        }
    }

    /** The addresses that are answered for. */
    Set<String> answered() {
        return answered;
    }

    /** The name servers by session. */
    Map<String, List<InetAddress>> nameServers() {
        return nameServers;
    }
}
