package org.isthmus.ppp.ncp;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.isthmus.ppp.Ipv4Config;
import org.isthmus.ppp.Network;
import org.isthmus.ppp.NetworkFamily;
import org.isthmus.ppp.negotiation.Judgement;
import org.isthmus.ppp.negotiation.Line;
import org.isthmus.ppp.negotiation.Option;

/** The IP Control Protocol, RFC 1332, with the name servers of RFC 1877. */
public final class Ipcp extends Ncp {
    static final int IP_ADDRESS = 3;
    static final int PRIMARY_DNS = 129;
    static final int PRIMARY_NBNS = 130;
    static final int SECONDARY_DNS = 131;
    static final int SECONDARY_NBNS = 132;

    private final Ipv4Config config;
    private final NameServers dns;
    private final NameServers nbns;

    private Inet4Address local = Addresses.unspecified();
    private boolean offerLocal;
    private Inet4Address remote = Addresses.unspecified();

    /** @param config the addresses of an {@link org.isthmus.ppp.AddressGrant} already put in */
    public Ipcp(Ipv4Config config, Line line, NcpOwner owner) {
        super(NetworkFamily.IPV4, config.retry(), line, owner);
        this.config = config;
        this.dns = new NameServers(PRIMARY_DNS, SECONDARY_DNS, config.askDns(), config.dns());
        this.nbns = new NameServers(PRIMARY_NBNS, SECONDARY_NBNS, config.askNbns(), config.nbns());
    }

    @Override
    public Network.Ipv4 network() {
        return new Network.Ipv4(local, remote, dns.agreed(), nbns.agreed(), mtu());
    }

    @Override
    String objection() {
        return Addresses.isHost(local) ? "" : "the peer gives us no IPv4 address";
    }

    @Override
    public void begin() {
        local = config.local().orElseGet(Addresses::unspecified);
        offerLocal = true;
        dns.begin();
        nbns.begin();
    }

    @Override
    void agreed() {
        remote = config.remote().orElseGet(Addresses::unspecified);
    }

    @Override
    public List<Option> request() {
        List<Option> options = new ArrayList<>();
        if (offerLocal) {
            options.add(Addresses.option(IP_ADDRESS, local));
        }
        dns.request(options);
        nbns.request(options);
        return options;
    }

    @Override
    public void judge(List<Option> request, Judgement judgement) {
        // A request without an address, even an empty one, is in order: the peer has the address we know, or none.
        agreed();
        for (Option option : request) {
            if (option.type() == IP_ADDRESS) {
                judgeAddress(option, judgement);
            } else if (dns.has(option.type())) {
                dns.judge(option, judgement);
            } else if (nbns.has(option.type())) {
                nbns.judge(option, judgement);
            } else {
                judgement.reject(option);
            }
        }
    }

    private void judgeAddress(Option option, Judgement judgement) {
        if (!option.has(4)) {
            judgement.reject(option);
            return;
        }
        Inet4Address named = Addresses.of(option);
        Optional<Inet4Address> wanted = config.remote();
        if (wanted.isPresent()) {
            if (!named.equals(wanted.get())) {
                judgement.nak(option, Addresses.option(IP_ADDRESS, wanted.get()));
            }
        } else if (Addresses.isHost(named)) {
            remote = named;
        } else {
            // 0.0.0.0: it asks us for an address, and we have none for it.
            judgement.reject(option);
        }
    }

    @Override
    public boolean naked(List<Option> wanted) {
        for (Option option : wanted) {
            if (option.type() == IP_ADDRESS) {
                nakedAddress(option);
            } else if (dns.has(option.type())) {
                dns.naked(option);
            } else if (nbns.has(option.type())) {
                nbns.naked(option);
            }
        }
        return true;
    }

    private void nakedAddress(Option option) {
        boolean fixed = config.insistOnLocal() && config.local().isPresent();
        if (!fixed && option.has(4) && Addresses.isHost(Addresses.of(option))) {
            local = Addresses.of(option);
            offerLocal = true;
        }
    }

    @Override
    public boolean rejected(List<Option> refused) {
        for (Option option : refused) {
            if (option.type() == IP_ADDRESS) {
                offerLocal = false;
                String objection = objection();
                if (!objection.isEmpty()) {
                    return fail(objection);
                }
            } else if (dns.has(option.type())) {
                dns.rejected(option);
            } else if (nbns.has(option.type())) {
                nbns.rejected(option);
            }
        }
        return true;
    }
}
