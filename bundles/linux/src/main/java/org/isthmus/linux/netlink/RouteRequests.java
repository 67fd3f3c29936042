package org.isthmus.linux.netlink;

import org.isthmus.linux.AddressFamily;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** The requests of the family ROUTE, for {@link RouteSocket}: one at a time or many at once. */
public final class RouteRequests {

    static final int NEW_LINK = 16;
    static final int DELETE_LINK = 17;
    static final int GET_LINK = 18;
    static final int NEW_ADDRESS = 20;
    static final int DELETE_ADDRESS = 21;
    static final int GET_ADDRESS = 22;
    static final int NEW_ROUTE = 24;
    static final int DELETE_ROUTE = 25;
    static final int GET_ROUTE = 26;
    static final int NEW_NEIGHBOUR = 28;
    static final int DELETE_NEIGHBOUR = 29;
    static final int GET_NEIGHBOUR = 30;
    static final int NEW_QUEUE = 36;
    static final int DELETE_QUEUE = 37;

    static final int LINK_ADDRESS = 1;
    static final int LINK_NAME = 3;
    static final int LINK_MTU = 4;
    static final int LINK_MASTER = 10;
    static final int LINK_INFO = 18;
    static final int LINK_INFO_KIND = 1;
    static final int LINK_ALIAS = 20;
    private static final int LINK_LOWER = 5;
    private static final int LINK_OPERSTATE = 16;
    private static final int LINK_MODE = 17;
    private static final int LINK_INFO_DATA = 2;
    private static final int VLAN_ID = 1;

    static final int ADDRESS_PEER = 1;
    static final int ADDRESS_LOCAL = 2;

    static final int NEIGHBOUR_ADDRESS = 1;
    static final int NEIGHBOUR_PROTOCOL = 12;
    static final int NTF_PROXY = 8;
    private static final int NUD_PERMANENT = 0x80;

    static final int ROUTE_DESTINATION = 1;
    static final int ROUTE_INTERFACE = 4;
    static final int ROUTE_GATEWAY = 5;
    static final int ROUTE_METRIC = 6;
    static final int ROUTE_SOURCE = 7;
    static final int ROUTE_METRICS = 8;
    static final int ROUTE_METRIC_MTU = 2;
    static final int ROUTE_TABLE = 15;

    private static final int LINK_INFO_SLAVE_KIND = 4;
    private static final int LINK_INFO_SLAVE_DATA = 5;
    private static final int BRIDGE_PORT_ISOLATED = 33;
    private static final int VETH_PEER = 1;
    private static final int LINK_AF_SPEC = 26;
    private static final int INET6_ADDR_GEN_MODE = 8;
    private static final int ADDR_GEN_MODE_NONE = 1;
    private static final int IFF_UP = 1;
    /** The states of RFC 2863, and the mode in which what an interface is on may keep it dormant. */
    private static final int OPER_DORMANT = 5;
    private static final int OPER_UP = 6;
    private static final int MODE_DORMANT = 1;
    private static final int QUEUE_KIND = 1;
    private static final int QUEUE_ROOT = -1;
    private static final int IFA_F_NODAD = 2;
    private static final int PROTOCOL_STATIC = 4;
    private static final int SCOPE_UNIVERSE = 0;
    private static final int SCOPE_LINK = 253;
    private static final int SCOPE_NOWHERE = 255;
    private static final int TYPE_UNICAST = 1;

    private RouteRequests() {
    }

    /** Makes an interface of a kind that the kernel knows, such as "dummy" or "bridge". */
    public static NetlinkRequest addLink(String kind, String name) {
        return new NetlinkRequest("make the " + kind + " interface " + name, NEW_LINK,
                NetlinkRequest.CREATE | NetlinkRequest.EXCLUSIVE,
                link(0, 0, 0).andThen(out -> out.attribute(LINK_NAME, name)
                        .nested(LINK_INFO, info -> info.attribute(LINK_INFO_KIND, kind))));
    }

    /** Makes the interface of a VLAN (802.1Q) on top of another one. */
    public static NetlinkRequest addVlan(String name, int lowerIndex, int vlanId) {
        return new NetlinkRequest("make the interface " + name + " of VLAN " + vlanId, NEW_LINK,
                NetlinkRequest.CREATE | NetlinkRequest.EXCLUSIVE,
                link(0, 0, 0).andThen(out -> out.attribute(LINK_NAME, name).attributeU32(LINK_LOWER, lowerIndex)
                        .nested(LINK_INFO, info -> info.attribute(LINK_INFO_KIND, "vlan")
                                .nested(LINK_INFO_DATA, data -> data.attributeU16(VLAN_ID, vlanId)))));
    }

    /** Gives an interface, which must be down, another name. */
    public static NetlinkRequest rename(int interfaceIndex, String name) {
        return new NetlinkRequest("rename interface " + interfaceIndex + " to " + name, NEW_LINK, 0,
                link(interfaceIndex, 0, 0).andThen(out -> out.attribute(LINK_NAME, name)));
    }

    /** Switches an interface on or off. */
    public static NetlinkRequest setUp(int interfaceIndex, boolean up) {
        return new NetlinkRequest("switch interface " + interfaceIndex + (up ? " on" : " off"), NEW_LINK, 0,
                link(interfaceIndex, up ? IFF_UP : 0, IFF_UP));
    }

    /**
     * Says of an interface that is switched on that what it is on cannot take traffic yet, or that it can: "dormant" in the words of RFC
     * 2863. Dormant it is not running, so that bridges and routing daemons leave it alone, and so is a VLAN on top of it. For interfaces
     * whose carrier cannot be set.
     */
    public static NetlinkRequest setDormant(int interfaceIndex, boolean dormant) {
        return new NetlinkRequest((dormant ? "make interface " : "wake interface ") + interfaceIndex + (dormant ? " dormant" : ""), NEW_LINK, 0,
                link(interfaceIndex, 0, 0).andThen(out -> out.attributeU8(LINK_OPERSTATE, dormant ? OPER_DORMANT : OPER_UP)
                        .attributeU8(LINK_MODE, dormant ? MODE_DORMANT : 0)));
    }

    /** Has an interface drop all that it is to send. */
    public static NetlinkRequest dropAll(int interfaceIndex) {
        return new NetlinkRequest("have interface " + interfaceIndex + " drop all", NEW_QUEUE, NetlinkRequest.CREATE | NetlinkRequest.REPLACE,
                queue(interfaceIndex).andThen(out -> out.attribute(QUEUE_KIND, "blackhole")));
    }

    /** Ends {@link #dropAll}; ENOENT if it is not so. */
    public static NetlinkRequest dropNothing(int interfaceIndex) {
        return new NetlinkRequest("have interface " + interfaceIndex + " send again", DELETE_QUEUE, 0, queue(interfaceIndex));
    }

    /** Keeps the kernel from giving an interface an IPv6 link-local address of its own choice. To be run before it is switched on. */
    public static NetlinkRequest withoutAutomaticAddress(int interfaceIndex) {
        return new NetlinkRequest("keep interface " + interfaceIndex + " without an automatic IPv6 address", NEW_LINK, 0,
                link(interfaceIndex, 0, 0).andThen(out -> out.nested(LINK_AF_SPEC, families ->
                        families.nested(AddressFamily.INET6.number(), inet6 ->
                                inet6.attributeU8(INET6_ADDR_GEN_MODE, ADDR_GEN_MODE_NONE)))));
    }

    /** Sets the longest packet that an interface takes. */
    public static NetlinkRequest setMtu(int interfaceIndex, int mtu) {
        return new NetlinkRequest("set the MTU of interface " + interfaceIndex + " to " + mtu, NEW_LINK, 0,
                link(interfaceIndex, 0, 0).andThen(out -> out.attributeU32(LINK_MTU, mtu)));
    }

    /**
     * Gives an interface another hardware address.
     *
     * @param address 48 bits, for Ethernet
     */
    public static NetlinkRequest setHardwareAddress(int interfaceIndex, long address) {
        byte[] octets = Arrays.copyOfRange(ByteBuffer.allocate(Long.BYTES).putLong(address).array(), 2, Long.BYTES);
        return new NetlinkRequest("set the hardware address of interface " + interfaceIndex, NEW_LINK, 0,
                link(interfaceIndex, 0, 0).andThen(out -> out.attribute(LINK_ADDRESS, octets)));
    }

    /** Puts an interface into a bridge, or with 0 takes it out. */
    public static NetlinkRequest setMaster(int interfaceIndex, int bridgeIndex) {
        return new NetlinkRequest("put interface " + interfaceIndex + " into the bridge " + bridgeIndex, NEW_LINK, 0,
                link(interfaceIndex, 0, 0).andThen(out -> out.attributeU32(LINK_MASTER, bridgeIndex)));
    }

    /** Whether frames from this port of a bridge go to ports only that are not isolated themselves. Linux 4.18. */
    public static NetlinkRequest setIsolated(int interfaceIndex, boolean isolated) {
        return new NetlinkRequest("isolate interface " + interfaceIndex + " in its bridge", NEW_LINK, 0,
                link(interfaceIndex, 0, 0).andThen(out -> out.nested(LINK_INFO, info -> info
                        .attribute(LINK_INFO_SLAVE_KIND, "bridge")
                        .nested(LINK_INFO_SLAVE_DATA, port -> port.attributeU8(BRIDGE_PORT_ISOLATED, isolated ? 1 : 0)))));
    }

    /** Makes two interfaces: what goes into one comes out of the other. If one goes, both go. */
    public static NetlinkRequest addVeth(String name, String peer) {
        return new NetlinkRequest("make the veth interfaces " + name + " and " + peer, NEW_LINK,
                NetlinkRequest.CREATE | NetlinkRequest.EXCLUSIVE,
                link(0, 0, 0).andThen(out -> out.attribute(LINK_NAME, name).nested(LINK_INFO, info -> info
                        .attribute(LINK_INFO_KIND, "veth").nested(LINK_INFO_DATA, data -> data.nested(VETH_PEER,
                                link(0, 0, 0).andThen(other -> other.attribute(LINK_NAME, peer)))))));
    }

    /** Writes a text on an interface, for people and for who made it. */
    public static NetlinkRequest setAlias(int interfaceIndex, String text) {
        return new NetlinkRequest("write \"" + text + "\" on interface " + interfaceIndex, NEW_LINK, 0,
                link(interfaceIndex, 0, 0).andThen(out -> out.attribute(LINK_ALIAS, text)));
    }

    public static NetlinkRequest deleteLink(int interfaceIndex) {
        return new NetlinkRequest("delete interface " + interfaceIndex, DELETE_LINK, 0, link(interfaceIndex, 0, 0));
    }

    /** Gives an interface an address. An IPv6 address is usable at once: nobody else on such a link can have it. */
    public static NetlinkRequest addAddress(InterfaceAddress address) {
        return new NetlinkRequest("add the address " + address, NEW_ADDRESS, NetlinkRequest.CREATE | NetlinkRequest.REPLACE,
                address(address));
    }

    public static NetlinkRequest deleteAddress(InterfaceAddress address) {
        return new NetlinkRequest("delete the address " + address, DELETE_ADDRESS, 0, address(address));
    }

    /** Adds a route; EEXIST if there is one to the same destination with the same metric. */
    public static NetlinkRequest addRoute(Route route) {
        return new NetlinkRequest("add the route " + route, NEW_ROUTE, NetlinkRequest.CREATE | NetlinkRequest.EXCLUSIVE,
                route(route, PROTOCOL_STATIC, scope(route)));
    }

    /** Adds a route in the place of one to the same destination with the same metric. */
    public static NetlinkRequest replaceRoute(Route route) {
        return new NetlinkRequest("set the route " + route, NEW_ROUTE, NetlinkRequest.CREATE | NetlinkRequest.REPLACE,
                route(route, PROTOCOL_STATIC, scope(route)));
    }

    /** Deletes a route; ESRCH if there is none. */
    public static NetlinkRequest deleteRoute(Route route) {
        return new NetlinkRequest("delete the route " + route, DELETE_ROUTE, 0, route(route, 0, SCOPE_NOWHERE));
    }

    /** Answers for an address on the network of an interface. */
    static NetlinkRequest addProxy(int interfaceIndex, InetAddress address) {
        return new NetlinkRequest("answer for " + address.getHostAddress() + " on interface " + interfaceIndex, NEW_NEIGHBOUR,
                NetlinkRequest.CREATE | NetlinkRequest.REPLACE, proxy(interfaceIndex, address)
                        .andThen(out -> out.attributeU8(NEIGHBOUR_PROTOCOL, ProxyNeighbour.OUR_PROTOCOL)));
    }

    /** Answers for it no longer; ENOENT if nobody did. */
    static NetlinkRequest deleteProxy(int interfaceIndex, InetAddress address) {
        return new NetlinkRequest("answer no longer for " + address.getHostAddress() + " on interface " + interfaceIndex,
                DELETE_NEIGHBOUR, 0, proxy(interfaceIndex, address));
    }

    static NetlinkRequest getProxies() {
        return new NetlinkRequest("list the addresses that are answered for", GET_NEIGHBOUR, 0, neighbour(AddressFamily.INET, 0, 0));
    }

    static NetlinkRequest getLink(String name) {
        return new NetlinkRequest("find the interface " + name, GET_LINK, 0, link(0, 0, 0).andThen(out -> out.attribute(LINK_NAME, name)));
    }

    static NetlinkRequest getLinks() {
        return new NetlinkRequest("list the interfaces", GET_LINK, 0, link(0, 0, 0));
    }

    static NetlinkRequest getAddresses() {
        return new NetlinkRequest("list the addresses", GET_ADDRESS, 0, out -> out.u8(0).u8(0).u8(0).u8(0).u32(0));
    }

    static NetlinkRequest getRoutes(AddressFamily family) {
        return new NetlinkRequest("list the routes", GET_ROUTE, 0,
                out -> out.u8(family.number()).u8(0).u8(0).u8(0).u8(0).u8(0).u8(0).u8(0).u32(0));
    }

    /** struct ifinfomsg: u8 family, u8 pad, u16 type, s32 index, u32 flags, u32 which flags to change. */
    private static Consumer<NetlinkWriter> link(int index, int flags, int change) {
        return out -> out.u8(0).u8(0).u16(0).u32(index).u32(flags).u32(change);
    }

    /** struct tcmsg: u8 family, 3 padding, s32 interface, u32 handle, u32 parent, u32 info. */
    private static Consumer<NetlinkWriter> queue(int index) {
        return out -> out.u8(0).u8(0).u16(0).u32(index).u32(0).u32(QUEUE_ROOT).u32(0);
    }

    /** struct ifaddrmsg: u8 family, u8 prefix length, u8 flags, u8 scope, u32 interface. */
    private static Consumer<NetlinkWriter> address(InterfaceAddress address) {
        AddressFamily family = AddressFamily.of(address.local());
        return out -> out.u8(family.number())
                .u8(address.peer().length())
                .u8(family == AddressFamily.INET6 ? IFA_F_NODAD : 0)
                .u8(SCOPE_UNIVERSE)
                .u32(address.interfaceIndex())
                .attribute(ADDRESS_LOCAL, address.local().getAddress())
                .attribute(ADDRESS_PEER, address.peer().address().getAddress());
    }

    /** struct rtmsg: u8 family, destination bits, source bits, TOS, table, protocol, scope, type; u32 flags. */
    private static Consumer<NetlinkWriter> route(Route route, int protocol, int scope) {
        InetAddress destination = route.destination().address();
        return out -> {
            out.u8(AddressFamily.of(destination).number())
                    .u8(route.destination().length()).u8(0).u8(0)
                    .u8(route.table() < 256 ? route.table() : 0).u8(protocol).u8(scope).u8(TYPE_UNICAST)
                    .u32(0)
                    .attributeU32(ROUTE_TABLE, route.table());
            if (route.destination().length() > 0) {
                out.attribute(ROUTE_DESTINATION, destination.getAddress());
            }
            if (route.interfaceIndex() != 0) {
                out.attributeU32(ROUTE_INTERFACE, route.interfaceIndex());
            }
            route.gateway().ifPresent(gateway -> out.attribute(ROUTE_GATEWAY, gateway.getAddress()));
            route.source().ifPresent(source -> out.attribute(ROUTE_SOURCE, source.getAddress()));
            if (route.metric() != 0) {
                out.attributeU32(ROUTE_METRIC, route.metric());
            }
            if (route.mtu() != 0) {
                out.nested(ROUTE_METRICS, metrics -> metrics.attributeU32(ROUTE_METRIC_MTU, route.mtu()));
            }
        };
    }

    private static Consumer<NetlinkWriter> proxy(int interfaceIndex, InetAddress address) {
        return neighbour(AddressFamily.of(address), interfaceIndex, NUD_PERMANENT)
                .andThen(out -> out.attribute(NEIGHBOUR_ADDRESS, address.getAddress()));
    }

    /** struct ndmsg: u8 family, 3 bytes, s32 interface, u16 state, u8 flags, u8 type. */
    private static Consumer<NetlinkWriter> neighbour(AddressFamily family, int interfaceIndex, int state) {
        return out -> out.u8(family.number()).u8(0).u16(0).u32(interfaceIndex).u16(state).u8(NTF_PROXY).u8(0);
    }

    private static int scope(Route route) {
        boolean direct = route.gateway().isEmpty() && AddressFamily.of(route.destination().address()) == AddressFamily.INET;
        return direct ? SCOPE_LINK : SCOPE_UNIVERSE;
    }
}
