package org.isthmus.ppp.ncp;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import org.isthmus.ppp.negotiation.Judgement;
import org.isthmus.ppp.negotiation.Option;

/**
 * The name server options of RFC 1877, one kind (DNS or NBNS): a primary and a secondary server. A client asks with
 * 0.0.0.0 and learns by Configure-Nak; a server gives.
 */
final class NameServers {
    private final int[] types;
    private final boolean ask;
    private final List<Inet4Address> give;
    private final Inet4Address[] learnt = new Inet4Address[2];
    private final boolean[] asking = new boolean[2];

    /**
     * @param primary the type of the primary server's option
     * @param secondary the type of the secondary server's option
     * @param ask whether we want servers
     * @param give what we have for a peer that wants them
     */
    NameServers(int primary, int secondary, boolean ask, List<Inet4Address> give) {
        this.types = new int[] {primary, secondary};
        this.ask = ask;
        this.give = give;
    }

    void begin() {
        for (int i = 0; i < 2; i++) {
            learnt[i] = Addresses.unspecified();
            asking[i] = ask;
        }
    }

    boolean has(int type) {
        return type == types[0] || type == types[1];
    }

    private int index(int type) {
        return type == types[0] ? 0 : 1;
    }

    void request(List<Option> options) {
        for (int i = 0; i < 2; i++) {
            if (asking[i]) {
                options.add(Addresses.option(types[i], learnt[i]));
            }
        }
    }

    void judge(Option option, Judgement judgement) {
        int i = index(option.type());
        if (!option.has(4) || i >= give.size()) {
            judgement.reject(option);
        } else if (!Addresses.of(option).equals(give.get(i))) {
            judgement.nak(option, Addresses.option(option.type(), give.get(i)));
        }
    }

    void naked(Option option) {
        if (option.has(4)) {
            learnt[index(option.type())] = Addresses.of(option);
        }
    }

    void rejected(Option option) {
        asking[index(option.type())] = false;
    }

    /** The servers that we learnt, or else those that we give. */
    List<Inet4Address> agreed() {
        if (!ask) {
            return give;
        }
        List<Inet4Address> servers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            if (asking[i] && Addresses.isHost(learnt[i])) {
                servers.add(learnt[i]);
            }
        }
        return servers;
    }
}
