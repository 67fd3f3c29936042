package org.isthmus.core.state;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.isthmus.handover.fields.FieldWriter;
import org.isthmus.handover.fields.Fields;
import org.isthmus.handover.fields.UnreadableException;
import org.isthmus.ppp.Network;
import org.isthmus.ppp.PppSnapshot;
import org.isthmus.ppp.auth.AuthenticationProtocol;

/** A {@link SavedPpp} as octets; see {@link TunnelCodec}. */
final class PppCodec {
    private static final int USER = 1;
    private static final int POOL = 2;
    private static final int LOCAL_MRU = 3;
    private static final int PEER_MRU = 4;
    private static final int LOCAL_MAGIC = 5;
    private static final int PEER_MAGIC = 6;
    private static final int PEER_PROVED_BY = 7;
    private static final int PEER_NAME = 8;
    private static final int WE_PROVED_BY = 9;
    private static final int IPV4 = 10;
    private static final int IPV6 = 11;

    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int DNS = 3;
    private static final int NBNS = 4;
    private static final int MTU = 5;

    private static final int LEAST_MRU = 64;
    private static final int MOST_MRU = 65_535;

    private PppCodec() {
    }

    static FieldWriter write(SavedPpp ppp) {
        PppSnapshot link = ppp.link();
        FieldWriter out = new FieldWriter().text(USER, ppp.user()).number(LOCAL_MRU, link.localMru())
                .number(PEER_MRU, link.peerMru()).number(LOCAL_MAGIC, link.localMagic())
                .number(PEER_MAGIC, link.peerMagic()).text(PEER_NAME, link.peerName());
        ppp.pool().ifPresent(pool -> out.text(POOL, pool));
        link.peerProvedBy().ifPresent(protocol -> out.constant(PEER_PROVED_BY, protocol));
        link.weProvedBy().ifPresent(protocol -> out.constant(WE_PROVED_BY, protocol));
        link.ipv4().ifPresent(up -> {
            FieldWriter ipv4 = new FieldWriter().octets(LOCAL, up.local().getAddress())
                    .octets(REMOTE, up.remote().getAddress()).number(MTU, up.mtu());
            up.dns().forEach(server -> ipv4.octets(DNS, server.getAddress()));
            up.nbns().forEach(server -> ipv4.octets(NBNS, server.getAddress()));
            out.record(IPV4, ipv4);
        });
        link.ipv6().ifPresent(up -> out.record(IPV6, new FieldWriter().number(LOCAL, up.localInterfaceId())
                .number(REMOTE, up.remoteInterfaceId()).number(MTU, up.mtu())));
        return out;
    }

    static SavedPpp read(Fields in) throws UnreadableException {
        Optional<Fields> ipv4 = in.record(IPV4);
        Optional<Fields> ipv6 = in.record(IPV6);
        PppSnapshot link = new PppSnapshot(mru(in, LOCAL_MRU), mru(in, PEER_MRU), in.integer(LOCAL_MAGIC, 0),
                in.integer(PEER_MAGIC, 0), protocol(in, PEER_PROVED_BY), in.text(PEER_NAME), protocol(in, WE_PROVED_BY),
                ipv4.isPresent() ? Optional.of(ipv4(ipv4.get())) : Optional.empty(),
                ipv6.isPresent() ? Optional.of(ipv6(ipv6.get())) : Optional.empty());
        return new SavedPpp(in.text(USER), in.has(POOL) ? Optional.of(in.text(POOL)) : Optional.empty(), link);
    }

    private static int mru(Fields in, int field) throws UnreadableException {
        long mru = in.number(field);
        if (mru < LEAST_MRU || mru > MOST_MRU) {
            throw new UnreadableException("MRU " + mru);
        }
        return (int) mru;
    }

    private static Optional<AuthenticationProtocol> protocol(Fields in, int field) throws UnreadableException {
        return in.has(field) ? Optional.of(in.constant(field, AuthenticationProtocol.class)) : Optional.empty();
    }

    private static Network.Ipv4 ipv4(Fields in) throws UnreadableException {
        return new Network.Ipv4(address(in.octets(LOCAL)), address(in.octets(REMOTE)), addresses(in, DNS),
                addresses(in, NBNS), mru(in, MTU));
    }

    private static Network.Ipv6 ipv6(Fields in) throws UnreadableException {
        return new Network.Ipv6(in.number(LOCAL), in.number(REMOTE), mru(in, MTU));
    }

    private static List<Inet4Address> addresses(Fields in, int field) throws UnreadableException {
        List<Inet4Address> addresses = new ArrayList<>();
        for (ByteBuffer address : in.all(field)) {
            addresses.add(address(Fields.octets(address)));
        }
        return addresses;
    }

    private static Inet4Address address(byte[] octets) throws UnreadableException {
        InetAddress address = TunnelCodec.address(octets);
        if (address instanceof Inet4Address ipv4) {
            return ipv4;
        }
        throw new UnreadableException("an IPv4 address of " + octets.length + " octets");
    }
}
