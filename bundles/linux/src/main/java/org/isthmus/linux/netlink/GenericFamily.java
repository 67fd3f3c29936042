package org.isthmus.linux.netlink;

import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A family of generic netlink, under the number that the kernel of the moment has given it. Its messages have a header of 4 bytes (u8
 * command, u8 version, u16 zero), then attributes.
 *
 * @param name   the name that the number was asked for by
 * @param number the message type of all of its messages
 * @param groups the numbers of its multicast groups by their names
 */
public record GenericFamily(String name, int number, Map<String, Integer> groups) {

    /** Length of the header in front of the attributes, for {@link NetlinkReader#attributes}. */
    public static final int HEADER_BYTES = 4;

    private static final int CONTROL = 0x10;
    private static final int GET_FAMILY = 3;
    private static final int FAMILY_ID = 1;
    private static final int FAMILY_NAME = 2;
    private static final int GROUPS = 7;
    private static final int GROUP_NAME = 1;
    private static final int GROUP_ID = 2;
    private static final int VERSION = 1;

    public GenericFamily {
        groups = Map.copyOf(groups);
    }

    /** The family of that name; empty if the kernel has none, after it has tried to load the module of that name. */
    public static Optional<GenericFamily> find(NetlinkSocket socket, String name) throws LinuxException {
        try {
            return socket.get(message("find the generic netlink family " + name, CONTROL, GET_FAMILY, 0,
                    out -> out.attribute(FAMILY_NAME, name)), GenericFamily::read);
        } catch (LinuxException refused) {
            if (refused.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /**
     * A request of the family.
     *
     * @param what    what it does, for messages
     * @param command the command's number in the family
     * @param flags   as {@link NetlinkRequest#flags}
     */
    public NetlinkRequest request(String what, int command, int flags, Consumer<NetlinkWriter> attributes) {
        return message(what, number, command, flags, attributes);
    }

    /** The command of a message of a generic family. */
    public static int command(NetlinkReader message) {
        return message.u8(0);
    }

    private static NetlinkRequest message(String what, int type, int command, int flags, Consumer<NetlinkWriter> attributes) {
        Consumer<NetlinkWriter> header = out -> out.u8(command).u8(VERSION).u16(0);
        return new NetlinkRequest(what, type, flags, header.andThen(attributes));
    }

    static Optional<GenericFamily> read(NetlinkReader message) {
        String name = "";
        int number = 0;
        Map<String, Integer> groups = new TreeMap<>();
        NetlinkAttributes attributes = message.attributes(HEADER_BYTES);
        while (attributes.next()) {
            switch (attributes.type()) {
                case FAMILY_NAME -> name = attributes.text();
                case FAMILY_ID -> number = attributes.u16();
                case GROUPS -> readGroups(attributes.nested(), groups);
                default -> { }
            }
        }
        return number == 0 ? Optional.empty() : Optional.of(new GenericFamily(name, number, groups));
    }

    private static void readGroups(NetlinkAttributes list, Map<String, Integer> groups) {
        while (list.next()) {
            String name = "";
            int number = 0;
            NetlinkAttributes group = list.nested();
            while (group.next()) {
                switch (group.type()) {
                    case GROUP_NAME -> name = group.text();
                    case GROUP_ID -> number = group.u32();
                    default -> { }
                }
            }
            groups.put(name, number);
        }
    }
}
