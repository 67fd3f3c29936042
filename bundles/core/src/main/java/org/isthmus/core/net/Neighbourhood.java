package org.isthmus.core.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/** What the rest of the system, and the hosts around it, learn of a PPP peer. Any thread may call; nothing waits. */
public interface Neighbourhood {

    /** Nobody learns anything. */
    Neighbourhood NOBODY = new Neighbourhood() {
        @Override
        public void answerFor(Inet4Address peer, String session) {
        }

        @Override
        public void answerNoLongerFor(Inet4Address peer) {
        }

        @Override
        public void nameServers(String session, List<InetAddress> servers) {
        }
    };

    /**
     * Answers for a peer's address on the network that it lies in (proxy ARP).
     *
     * @param session whose peer it is, for messages
     */
    void answerFor(Inet4Address peer, String session);

    void answerNoLongerFor(Inet4Address peer);

    /**
     * Lists the name servers that a peer has told us.
     *
     * @param session its full name
     * @param servers none, when the session has ended
     */
    void nameServers(String session, List<InetAddress> servers);
}
