package org.isthmus.core.engine;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionException;

import org.isthmus.api.Cause;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.wire.ResultCode;

/** How things are told to people. */
public final class Words {
    private static final int LONGEST = 64;

    private Words() {
    }

    /** {@code 192.0.2.1:1701}, {@code [2001:db8::1]:1701}; over IP, where there is no port, {@code 192.0.2.1 (IP)}. */
    static String of(InetSocketAddress address) {
        String host = address.getAddress() == null ? address.getHostString() : address.getAddress().getHostAddress();
        if (address.getPort() == 0) {
            return host + " (IP)";
        }
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    /** A failure by its message, or by its name where it has none. */
    static String of(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause() : failure;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** {@code 1 tunnel}, {@code 2 tunnels}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    static Cause cause(CloseCause why) {
        return new Cause(why.kind() == CloseCause.Kind.PEER, why.result().map(ResultCode::result).orElse(0),
                why.result().map(ResultCode::error).orElse(0), why.words());
    }

    /** What a peer sent, without control characters, cut to a length that fits a table. */
    static String printable(String fromPeer) {
        StringBuilder text = new StringBuilder(Math.min(fromPeer.length(), LONGEST));
        fromPeer.codePoints().limit(LONGEST)
                .forEach(c -> text.appendCodePoint(isSeen(c) ? c : '?'));
        return text.toString();
    }

    /** Neither a control character nor one that ends a line or turns the direction of writing. */
    private static boolean isSeen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** The same, made fit for a name that is typed in commands: letters, digits, dot, hyphen and underscore. */
    static String name(String fromPeer) {
        String name = printable(fromPeer).replaceAll("[^A-Za-z0-9._-]", "_");
        return name.isEmpty() ? "peer" : name;
    }
}
