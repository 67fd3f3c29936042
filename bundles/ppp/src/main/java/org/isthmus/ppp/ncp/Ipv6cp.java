package org.isthmus.ppp.ncp;

import java.util.List;
import org.isthmus.ppp.Ipv6Config;
import org.isthmus.ppp.Network;
import org.isthmus.ppp.NetworkFamily;
import org.isthmus.ppp.negotiation.Judgement;
import org.isthmus.ppp.negotiation.Line;
import org.isthmus.ppp.negotiation.Option;

/** The IPv6 Control Protocol, RFC 5072. */
public final class Ipv6cp extends Ncp {
    static final int INTERFACE_IDENTIFIER = 1;
    /** The bit that says that an identifier is unique in the world, which a random one is not. */
    private static final long UNIVERSAL_BIT = 0x0200_0000_0000_0000L;

    private final Ipv6Config config;
    private final Line line;
    private long local;
    private boolean offerLocal;
    private long remote;

    /** @param config the identifiers of an {@link org.isthmus.ppp.AddressGrant} already put in */
    public Ipv6cp(Ipv6Config config, Line line, NcpOwner owner) {
        super(NetworkFamily.IPV6, config.retry(), line, owner);
        this.config = config;
        this.line = line;
    }

    @Override
    public Network.Ipv6 network() {
        return new Network.Ipv6(local, remote, mtu());
    }

    @Override
    String objection() {
        return "";
    }

    @Override
    public void begin() {
        local = config.localInterfaceId() != 0 ? config.localInterfaceId() : randomIdentifier();
        offerLocal = true;
    }

    private long randomIdentifier() {
        long identifier;
        do {
            identifier = line.random().nextLong() & ~UNIVERSAL_BIT;
        } while (identifier == 0 || identifier == local || identifier == remote);
        return identifier;
    }

    @Override
    void agreed() {
        remote = config.remoteInterfaceId();
    }

    @Override
    public List<Option> request() {
        return offerLocal ? List.of(Option.of(INTERFACE_IDENTIFIER, 8, local)) : List.of();
    }

    @Override
    public void judge(List<Option> request, Judgement judgement) {
        agreed();
        for (Option option : request) {
            if (option.type() != INTERFACE_IDENTIFIER || !option.has(8)) {
                judgement.reject(option);
                continue;
            }
            long named = option.number();
            long wanted = config.remoteInterfaceId();
            if (wanted != 0 && named != wanted) {
                judgement.nak(option, Option.of(INTERFACE_IDENTIFIER, 8, wanted));
            } else if (named == 0 || named == local) {
                // RFC 5072 section 4.1: zero asks for one; equal ones must not be.
                judgement.nak(option, Option.of(INTERFACE_IDENTIFIER, 8, randomIdentifier()));
            } else {
                remote = named;
            }
        }
    }

    @Override
    public boolean naked(List<Option> wanted) {
        for (Option option : wanted) {
            if (option.type() == INTERFACE_IDENTIFIER && option.has(8)) {
                long given = option.number();
                // "a new Interface-Identifier ... MUST be chosen" if theirs is of no use (section 4.1)
                local = given != 0 && given != remote && config.localInterfaceId() == 0 ? given : nextLocal();
                offerLocal = true;
            }
        }
        return true;
    }

    private long nextLocal() {
        return config.localInterfaceId() != 0 ? config.localInterfaceId() : randomIdentifier();
    }

    @Override
    public boolean rejected(List<Option> refused) {
        if (!refused.isEmpty()) {
            offerLocal = false;
        }
        return true;
    }
}
