package org.isthmus.ppp.auth;

import java.nio.charset.StandardCharsets;

/** What all attempts share. Its {@code toString} keeps passwords and responses out of logs. */
abstract sealed class NamedAttempt permits AuthenticationAttempt.Pap, AuthenticationAttempt.ChapMd5,
        AuthenticationAttempt.MsChapV1, AuthenticationAttempt.MsChapV2 {
    private final AuthenticationProtocol protocol;
    private final byte[] name;

    NamedAttempt(AuthenticationProtocol protocol, byte[] name) {
        this.protocol = protocol;
        this.name = name;
    }

    public AuthenticationProtocol protocol() {
        return protocol;
    }

    public byte[] nameOctets() {
        return name;
    }

    public String name() {
        return new String(name, StandardCharsets.UTF_8).codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public String toString() {
        return protocol.label() + " attempt of '" + name() + "'";
    }
}
