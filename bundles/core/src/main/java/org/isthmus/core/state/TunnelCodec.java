package org.isthmus.core.state;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.isthmus.api.Origin;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.handover.fields.FieldWriter;
import org.isthmus.handover.fields.Fields;
import org.isthmus.handover.fields.UnreadableException;
import org.isthmus.protocol.tunnel.PeerFacts;
import org.isthmus.protocol.tunnel.TunnelSnapshot;
import org.isthmus.protocol.tunnel.V3Facts;
import org.isthmus.protocol.wire.FailoverCapability;
import org.isthmus.protocol.wire.PseudowireType;

/** A {@link SavedTunnel} as octets. The numbers of fields are never used for anything else; new ones are added at the end. */
final class TunnelCodec {
    private static final int NAME = 1;
    private static final int ORIGIN = 2;
    private static final int ENCAPSULATION = 3;
    private static final int LOCAL = 4;
    private static final int REMOTE = 5;
    private static final int LOCAL_ID = 6;
    private static final int PEER = 7;
    private static final int TOLD = 8;
    private static final int SESSION = 9;

    private static final int ADDRESS = 1;
    private static final int PORT = 2;

    private static final int HOST_NAME = 1;
    private static final int VENDOR_NAME = 2;
    private static final int FIRMWARE = 3;
    private static final int PROTOCOL_VERSION = 4;
    private static final int ASSIGNED_ID = 5;
    private static final int WINDOW = 6;
    private static final int FRAMING = 7;
    private static final int BEARER = 8;
    private static final int CHALLENGED = 9;
    private static final int CAPABILITY = 10;
    private static final int VERSION_3 = 11;

    private static final int CONTROL = 1;
    private static final int DATA = 2;
    private static final int RECOVERY_TIME = 3;

    private static final int ROUTER_ID = 1;
    private static final int PSEUDOWIRE = 2;
    private static final int AUTHENTICATED = 3;
    private static final int LANGUAGE = 4;

    private TunnelCodec() {
    }

    static byte[] write(SavedTunnel tunnel) {
        TunnelSnapshot protocol = tunnel.protocol();
        FieldWriter out = new FieldWriter().text(NAME, tunnel.name()).constant(ORIGIN, tunnel.origin())
                .constant(ENCAPSULATION, tunnel.encapsulation()).record(LOCAL, endpoint(tunnel.local()))
                .record(REMOTE, endpoint(tunnel.remote())).number(LOCAL_ID, protocol.localId())
                .record(PEER, peer(protocol.peer()));
        protocol.capability().ifPresent(told -> out.record(TOLD, capability(told)));
        tunnel.sessions().forEach(session -> out.record(SESSION, SessionCodec.write(session)));
        return out.toBytes();
    }

    static SavedTunnel read(ByteBuffer octets) throws UnreadableException {
        Fields in = Fields.read(octets);
        Optional<Fields> told = in.record(TOLD);
        TunnelSnapshot protocol = new TunnelSnapshot((int) in.number(LOCAL_ID), peer(in.needed(PEER)),
                told.isPresent() ? Optional.of(capability(told.get())) : Optional.empty());
        List<SavedSession> sessions = new ArrayList<>();
        for (ByteBuffer session : in.all(SESSION)) {
            sessions.add(SessionCodec.read(Fields.read(session)));
        }
        return new SavedTunnel(in.text(NAME), in.constant(ORIGIN, Origin.class),
                in.constant(ENCAPSULATION, Encapsulation.class), endpoint(in.needed(LOCAL)), endpoint(in.needed(REMOTE)),
                protocol, sessions);
    }

    private static FieldWriter endpoint(InetSocketAddress address) {
        return new FieldWriter().octets(ADDRESS, address.getAddress().getAddress()).number(PORT, address.getPort());
    }

    private static InetSocketAddress endpoint(Fields in) throws UnreadableException {
        int port = in.integer(PORT, 0);
        if (port < 0 || port > 65_535) {
            throw new UnreadableException("port " + port);
        }
        return new InetSocketAddress(address(in.octets(ADDRESS)), port);
    }

    static InetAddress address(byte[] octets) throws UnreadableException {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException malformed) {
            throw new UnreadableException("an address of " + octets.length + " octets");
        }
    }

    private static FieldWriter peer(PeerFacts peer) {
        FieldWriter out = new FieldWriter().text(HOST_NAME, peer.hostName()).text(VENDOR_NAME, peer.vendorName())
                .number(FIRMWARE, peer.firmwareRevision()).number(PROTOCOL_VERSION, peer.protocolVersion())
                .number(ASSIGNED_ID, peer.assignedTunnelId()).number(WINDOW, peer.receiveWindowSize())
                .number(FRAMING, peer.framingCapabilities()).number(BEARER, peer.bearerCapabilities())
                .flag(CHALLENGED, peer.challenged());
        peer.failover().ifPresent(told -> out.record(CAPABILITY, capability(told)));
        peer.v3().ifPresent(facts -> out.record(VERSION_3, version3(facts)));
        return out;
    }

    private static PeerFacts peer(Fields in) throws UnreadableException {
        int window = in.integer(WINDOW, 4);
        if (window < 1 || in.integer(ASSIGNED_ID, 0) == 0) {
            throw new UnreadableException("a peer without window or tunnel id");
        }
        Optional<Fields> told = in.record(CAPABILITY);
        Optional<Fields> facts = in.record(VERSION_3);
        return new PeerFacts(in.text(HOST_NAME), in.text(VENDOR_NAME), in.integer(FIRMWARE, 0),
                in.integer(PROTOCOL_VERSION, 0), in.integer(ASSIGNED_ID, 0), window, in.integer(FRAMING, 0),
                in.integer(BEARER, 0), in.flag(CHALLENGED),
                told.isPresent() ? Optional.of(capability(told.get())) : Optional.empty(),
                facts.isPresent() ? Optional.of(version3(facts.get())) : Optional.empty());
    }

    private static FieldWriter capability(FailoverCapability told) {
        return new FieldWriter().flag(CONTROL, told.control()).flag(DATA, told.data())
                .number(RECOVERY_TIME, told.recoveryTimeMillis());
    }

    private static FailoverCapability capability(Fields in) throws UnreadableException {
        return new FailoverCapability(in.flag(CONTROL), in.flag(DATA), in.number(RECOVERY_TIME, 0) & 0xffff_ffffL);
    }

    private static FieldWriter version3(V3Facts facts) {
        FieldWriter out = new FieldWriter().number(ROUTER_ID, facts.routerId()).flag(AUTHENTICATED, facts.authenticated())
                .text(LANGUAGE, facts.preferredLanguage());
        facts.pseudowires().forEach(type -> out.constant(PSEUDOWIRE, type));
        return out;
    }

    private static V3Facts version3(Fields in) throws UnreadableException {
        Set<PseudowireType> types = EnumSet.noneOf(PseudowireType.class);
        for (ByteBuffer type : in.all(PSEUDOWIRE)) {
            types.add(Fields.constant(Fields.text(type), PseudowireType.class));
        }
        return new V3Facts(in.integer(ROUTER_ID, 0), types, in.flag(AUTHENTICATED), in.text(LANGUAGE));
    }
}
