package org.isthmus.linux.l2tp;

import org.isthmus.linux.LinuxException;
import org.isthmus.linux.netlink.GenericFamily;
import org.isthmus.linux.netlink.NetlinkAttributes;
import org.isthmus.linux.netlink.NetlinkReader;
import org.isthmus.linux.netlink.NetlinkRequest;
import org.isthmus.linux.netlink.NetlinkSocket;
import org.isthmus.linux.netlink.NetlinkWriter;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The generic netlink family {@code l2tp}: requests that make and delete tunnels and sessions in the network namespace of the socket that
 * they are sent through, and the kernel's answers. All but looking the family up needs CAP_NET_ADMIN. Numbers are in the machine's byte
 * order, as everywhere in netlink.
 */
public final class L2tpFamily {

    static final String NAME = "l2tp";
    /** The multicast group that is told of what is made and deleted by request, in every namespace. */
    static final String GROUP = "l2tp";

    private static final int TUNNEL_CREATE = 1;
    private static final int TUNNEL_DELETE = 2;
    private static final int TUNNEL_GET = 4;
    private static final int SESSION_CREATE = 5;
    private static final int SESSION_DELETE = 6;
    private static final int SESSION_GET = 8;

    private static final int PSEUDOWIRE = 1;
    private static final int ENCAPSULATION = 2;
    private static final int SUBLAYER = 5;
    private static final int VERSION = 7;
    private static final int INTERFACE = 8;
    private static final int TUNNEL = 9;
    private static final int PEER_TUNNEL = 10;
    private static final int SESSION = 11;
    private static final int PEER_SESSION = 12;
    private static final int SENT_COOKIE = 15;
    private static final int EXPECTED_COOKIE = 16;
    private static final int NUMBERS_REQUIRED = 18;
    private static final int NUMBERS_SENT = 19;
    private static final int LNS_MODE = 20;
    private static final int REORDER_MILLIS = 22;
    private static final int SOCKET = 23;
    private static final int STATISTICS = 30;

    private static final int SUBLAYER_NONE = 0;
    private static final int SUBLAYER_DEFAULT = 1;

    private final GenericFamily family;

    L2tpFamily(GenericFamily family) {
        this.family = family;
    }

    /** The family, if this kernel has it; it tries to load the module {@code l2tp_netlink}. */
    public static Optional<L2tpFamily> find(NetlinkSocket socket) throws LinuxException {
        return GenericFamily.find(socket, NAME).map(L2tpFamily::new);
    }

    /** The number of the multicast group of its news, if it has one. */
    public Optional<Integer> newsGroup() {
        return Optional.ofNullable(family.groups().get(GROUP));
    }

    /** Makes a tunnel of a connected socket of this process. EEXIST while the id is in use, EBUSY if the socket is. */
    public NetlinkRequest createTunnel(KernelTunnel tunnel, int socket) {
        return family.request("make " + tunnel, TUNNEL_CREATE, 0, out -> out
                .attributeU32(TUNNEL, tunnel.id())
                .attributeU32(PEER_TUNNEL, tunnel.peerId())
                .attributeU8(VERSION, tunnel.version())
                .attributeU16(ENCAPSULATION, tunnel.overIp() ? 1 : 0)
                .attributeU32(SOCKET, socket));
    }

    /** Deletes a tunnel and its sessions, some time after the answer. ENODEV if there is none. */
    public NetlinkRequest deleteTunnel(int tunnelId) {
        return family.request("delete tunnel " + Integer.toUnsignedString(tunnelId), TUNNEL_DELETE, 0,
                out -> out.attributeU32(TUNNEL, tunnelId));
    }

    /** Makes a session. EEXIST while its id is in use, ENODEV if its tunnel is not there or closing. */
    public NetlinkRequest createSession(KernelSession session) {
        return family.request("make " + session, SESSION_CREATE, 0, session(session));
    }

    private static Consumer<NetlinkWriter> session(KernelSession session) {
        return out -> {
            out.attributeU32(TUNNEL, session.tunnelId())
                    .attributeU32(PEER_TUNNEL, session.peerTunnelId())
                    .attributeU32(SESSION, session.id())
                    .attributeU32(PEER_SESSION, session.peerId())
                    .attributeU16(PSEUDOWIRE, session.pseudowire().number())
                    .attributeU8(LNS_MODE, session.keepsNumbering() ? 1 : 0)
                    .attributeU8(NUMBERS_SENT, session.sendsNumbers() ? 1 : 0)
                    .attributeU8(NUMBERS_REQUIRED, session.requiresNumbers() ? 1 : 0);
            if (session.reorderMillis() > 0) {
                out.attributeU64(REORDER_MILLIS, session.reorderMillis());
            }
            session.header().ifPresent(header -> {
                out.attributeU8(SUBLAYER, header.sublayer() ? SUBLAYER_DEFAULT : SUBLAYER_NONE);
                if (header.sentCookie().length > 0) {
                    out.attribute(SENT_COOKIE, header.sentCookie());
                }
                if (header.expectedCookie().length > 0) {
                    out.attribute(EXPECTED_COOKIE, header.expectedCookie());
                }
            });
            if (!session.interfaceName().isEmpty()) {
                out.attribute(INTERFACE, session.interfaceName());
            }
        };
    }

    /** Deletes a session. ENODEV if there is none. */
    public NetlinkRequest deleteSession(int tunnelId, int sessionId) {
        return ofSession("delete", tunnelId, sessionId, SESSION_DELETE);
    }

    /** Asks for one session; {@link #sessionInfo} reads the answer. ENODEV if there is none. */
    public NetlinkRequest getSession(int tunnelId, int sessionId) {
        return ofSession("find", tunnelId, sessionId, SESSION_GET);
    }

    private NetlinkRequest ofSession(String verb, int tunnelId, int sessionId, int command) {
        return family.request(verb + " session " + Integer.toUnsignedString(sessionId) + " of tunnel "
                        + Integer.toUnsignedString(tunnelId), command, 0,
                out -> out.attributeU32(TUNNEL, tunnelId).attributeU32(SESSION, sessionId));
    }

    /** Asks for all sessions of the namespace, as a dump; {@link #sessionInfo} reads each. */
    public NetlinkRequest listSessions() {
        return family.request("list the sessions", SESSION_GET, 0, out -> { });
    }

    /** Asks for all tunnels of the namespace, as a dump; {@link #tunnelId} reads each. */
    public NetlinkRequest listTunnels() {
        return family.request("list the tunnels", TUNNEL_GET, 0, out -> { });
    }

    /** Our id of the tunnel that a message is about. */
    public Optional<Integer> tunnelId(NetlinkReader message) {
        return number(message, TUNNEL);
    }

    /** The peer's id of the tunnel that a message is about. */
    public Optional<Integer> peerTunnelId(NetlinkReader message) {
        return number(message, PEER_TUNNEL);
    }

    /** The peer's id of the session that a message is about. */
    public Optional<Integer> peerSessionId(NetlinkReader message) {
        return number(message, PEER_SESSION);
    }

    private Optional<Integer> number(NetlinkReader message, int attribute) {
        NetlinkAttributes attributes = message.attributes(GenericFamily.HEADER_BYTES);
        while (message.type() == family.number() && attributes.next()) {
            if (attributes.type() == attribute) {
                return Optional.of(attributes.u32());
            }
        }
        return Optional.empty();
    }

    /** Whether a message tells that a tunnel or a session was deleted, by whomever. */
    public boolean isDeletion(NetlinkReader message) {
        int command = GenericFamily.command(message);
        return message.type() == family.number() && (command == TUNNEL_DELETE || command == SESSION_DELETE);
    }

    /** Reads what a message says of a session. */
    public Optional<SessionInfo> sessionInfo(NetlinkReader message) {
        if (message.type() != family.number()) {
            return Optional.empty();
        }
        int tunnel = 0;
        int session = 0;
        String name = "";
        SessionStatistics statistics = SessionStatistics.NONE;
        NetlinkAttributes attributes = message.attributes(GenericFamily.HEADER_BYTES);
        while (attributes.next()) {
            switch (attributes.type()) {
                case TUNNEL -> tunnel = attributes.u32();
                case SESSION -> session = attributes.u32();
                case INTERFACE -> name = attributes.text();
                case STATISTICS -> statistics = SessionStatistics.read(attributes.nested());
                default -> { }
            }
        }
        return session == 0 ? Optional.empty() : Optional.of(new SessionInfo(tunnel, session, name, statistics));
    }
}
