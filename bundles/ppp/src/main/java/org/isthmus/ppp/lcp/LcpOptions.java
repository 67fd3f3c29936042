package org.isthmus.ppp.lcp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.negotiation.Option;

/**
 * The options of one Configure-Request of LCP, as one end reports them to another: what the sender of the request gets
 * when it is acknowledged. Options that are not there have the values of RFC 1661.
 */
public final class LcpOptions {
    /** The asynchronous control character map of who does not say another (RFC 1662 section 7.1). */
    public static final int ALL_CHARACTERS = -1;

    private final List<Option> options;

    private LcpOptions(List<Option> options) {
        this.options = options;
    }

    /** Reads what follows the head of a Configure-Request; empty if a length does not fit. */
    public static Optional<LcpOptions> read(byte[] octets) {
        return Option.parse(ByteBuffer.wrap(octets)).filter(LcpOptions::isWellFormed).map(LcpOptions::new);
    }

    /** Of these values, as they were agreed on; 0 for no magic number. */
    public static LcpOptions of(int mru, int magic, Optional<AuthenticationProtocol> demanded) {
        List<Option> options = new ArrayList<>();
        if (mru != Lcp.DEFAULT_MRU) {
            options.add(Option.of(Lcp.MRU, 2, mru));
        }
        demanded.map(AuthenticationOption::of).ifPresent(options::add);
        if (magic != 0) {
            options.add(Option.of(Lcp.MAGIC_NUMBER, 4, Integer.toUnsignedLong(magic)));
        }
        return new LcpOptions(options);
    }

    private static boolean isWellFormed(List<Option> options) {
        return options.stream().allMatch(option -> switch (option.type()) {
            case Lcp.MRU -> option.has(2);
            case Lcp.ASYNC_MAP, Lcp.MAGIC_NUMBER -> option.has(4);
            case Lcp.PROTOCOL_FIELD_COMPRESSION, Lcp.ADDRESS_CONTROL_COMPRESSION -> option.has(0);
            case Lcp.CHECK_SEQUENCE -> option.has(1);
            case AuthenticationOption.TYPE -> option.value().length >= 2;
            default -> true;
        });
    }

    /** As they are written in a request. */
    public byte[] octets() {
        return Option.encode(options);
    }

    /** The largest packet that the sender takes, octets. */
    public int mru() {
        return find(Lcp.MRU).map(option -> (int) option.number()).orElse(Lcp.DEFAULT_MRU);
    }

    /** The characters that are to be escaped in what the sender receives, bit n for character n. */
    public int accm() {
        return find(Lcp.ASYNC_MAP).map(option -> (int) option.number()).orElse(ALL_CHARACTERS);
    }

    /** The sender's magic number, 0 for none. */
    public int magic() {
        return find(Lcp.MAGIC_NUMBER).map(option -> (int) option.number()).orElse(0);
    }

    /** Whether the sender demands a proof of any kind. */
    public boolean demandsAuthentication() {
        return find(AuthenticationOption.TYPE).isPresent();
    }

    /** The proof that the sender demands, if it is one that we know. */
    public Optional<AuthenticationProtocol> authentication() {
        return find(AuthenticationOption.TYPE).flatMap(AuthenticationOption::read);
    }

    /** What there is beyond the options that this end understands, for people; empty if nothing. */
    public String unknown() {
        StringJoiner words = new StringJoiner(", ");
        options.stream().filter(option -> !isKnown(option)).forEach(option -> words.add(words(option)));
        return words.toString();
    }

    private static boolean isKnown(Option option) {
        return switch (option.type()) {
            case Lcp.MRU, Lcp.ASYNC_MAP, Lcp.MAGIC_NUMBER, Lcp.PROTOCOL_FIELD_COMPRESSION,
                    Lcp.ADDRESS_CONTROL_COMPRESSION, AuthenticationOption.TYPE -> true;
            default -> false;
        };
    }

    Optional<Option> find(int type) {
        return options.stream().filter(option -> option.type() == type).findFirst();
    }

    /** All of them for people, such as {@code MRU 1492, CHAP-MD5, magic number 1a2b3c4d}. */
    public String words() {
        StringJoiner words = new StringJoiner(", ");
        options.forEach(option -> words.add(words(option)));
        return options.isEmpty() ? "no options" : words.toString();
    }

    private static String words(Option option) {
        return switch (option.type()) {
            case Lcp.MRU -> "MRU " + option.number();
            case Lcp.ASYNC_MAP -> "asynchronous map " + String.format("%08x", option.number());
            case AuthenticationOption.TYPE -> AuthenticationOption.describe(option);
            case Lcp.MAGIC_NUMBER -> "magic number " + String.format("%08x", option.number());
            case Lcp.PROTOCOL_FIELD_COMPRESSION -> "protocol field compression";
            case Lcp.ADDRESS_CONTROL_COMPRESSION -> "address and control compression";
            case Lcp.CHECK_SEQUENCE -> "frame check sequences " + option.number();
            case 13 -> "callback";
            case MultilinkOptions.MRRU -> "multilink MRRU " + option.number();
            case MultilinkOptions.SHORT_NUMBERS -> "multilink short sequence numbers";
            case MultilinkOptions.DISCRIMINATOR -> "multilink endpoint discriminator";
            default -> "option " + option.type() + " (" + option.value().length + " octets)";
        };
    }
}
