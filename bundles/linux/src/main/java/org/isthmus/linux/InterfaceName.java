package org.isthmus.linux;

import java.nio.charset.StandardCharsets;

/** Names of network interfaces as the kernel takes them: at most 15 bytes and a zero. */
final class InterfaceName {

    /** IFNAMSIZ: the zero included. */
    static final int BYTES = 16;

    private InterfaceName() {
    }

    /** @throws IllegalArgumentException if the name is longer than 15 bytes or holds a slash, a space or a zero */
    static byte[] bytes(String name) {
        byte[] raw = name.getBytes(StandardCharsets.UTF_8);
        if (raw.length >= BYTES || name.chars().anyMatch(c -> c == '/' || c <= ' ')) {
            throw new IllegalArgumentException("not an interface name (at most 15 characters, no slash or space): '" + name + "'");
        }
        return raw;
    }
}
