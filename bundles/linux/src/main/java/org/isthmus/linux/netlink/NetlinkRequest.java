package org.isthmus.linux.netlink;

import java.util.function.Consumer;

/**
 * A request to the kernel.
 *
 * @param what what it does, for messages: "set the MTU of interface 4 to 1400"
 * @param type the message type of the family
 * @param flags NLM_F_ flags besides REQUEST, ACK and DUMP, which the socket sets: {@link #CREATE}, ...
 * @param body writes the family's fixed header and the attributes, at most 4096 bytes
 */
public record NetlinkRequest(String what, int type, int flags, Consumer<NetlinkWriter> body) {

    /** Replace what exists already. */
    public static final int REPLACE = 0x100;
    /** Fail if it exists already. */
    public static final int EXCLUSIVE = 0x200;
    /** Create what does not exist. */
    public static final int CREATE = 0x400;

    @Override
    public String toString() {
        return what;
    }
}
