package org.isthmus.ppp;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * By which a system is told from all others whose links might be bundled: option 19 of LCP, RFC 1990 section 5.1.3. Class (1
 * octet), address (0 to 20 octets). Immutable; equal if all octets are.
 */
public final class EndpointDiscriminator {
    /** An IPv4 address. */
    private static final int IP = 2;
    /** The address of an Ethernet interface. */
    private static final int MAC = 3;
    /** One to five magic numbers, which are unlikely to be drawn twice. */
    private static final int MAGIC_NUMBERS = 4;
    /** "The length of the address ... up to 20 octets" in the longest class. */
    private static final int MOST_OCTETS = 20;

    private final byte[] octets;

    private EndpointDiscriminator(byte[] octets) {
        this.octets = octets;
    }

    /** Draws one, of five magic numbers. */
    public static EndpointDiscriminator draw(RandomGenerator random) {
        byte[] address = new byte[MOST_OCTETS];
        random.nextBytes(address);
        byte[] octets = new byte[1 + MOST_OCTETS];
        octets[0] = MAGIC_NUMBERS;
        System.arraycopy(address, 0, octets, 1, MOST_OCTETS);
        return new EndpointDiscriminator(octets);
    }

    /**
     * Reads the value of an option. Classes that RFC 1990 does not know are taken as they are.
     *
     * @return empty if the address has a length that its class forbids
     */
    public static Optional<EndpointDiscriminator> read(byte[] value) {
        int length = value.length - 1;
        if (length < 0 || length > MOST_OCTETS) {
            return Optional.empty();
        }
        boolean fits = switch (value[0] & 0xff) {
            case 0 -> length == 0;
            case IP -> length == 4;
            case MAC -> length == 6;
            case MAGIC_NUMBERS -> length > 0 && length % 4 == 0;
            case 5 -> length <= 15; // a telephone number (E.164)
            default -> true;
        };
        return fits ? Optional.of(new EndpointDiscriminator(value.clone())) : Optional.empty();
    }

    /** The value of the option. */
    public byte[] octets() {
        return octets.clone();
    }

    /** Whether it tells nothing: class 0, "Null Class", or no address at all. */
    public boolean isNull() {
        return octets.length == 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EndpointDiscriminator that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** For people, such as {@code mac 02:00:5e:00:00:01}. */
    @Override
    public String toString() {
        byte[] address = Arrays.copyOfRange(octets, 1, octets.length);
        return switch (octets[0] & 0xff) {
            case 0 -> "null";
            case 1 -> "local " + HexFormat.of().formatHex(address);
            case IP -> "ip " + (address[0] & 0xff) + "." + (address[1] & 0xff) + "." + (address[2] & 0xff) + "." + (address[3] & 0xff);
            case MAC -> "mac " + HexFormat.ofDelimiter(":").formatHex(address);
            case MAGIC_NUMBERS -> "magic " + HexFormat.of().formatHex(address);
            case 5 -> "phone " + HexFormat.of().formatHex(address);
            default -> "class " + (octets[0] & 0xff) + " " + HexFormat.of().formatHex(address);
        };
    }
}
