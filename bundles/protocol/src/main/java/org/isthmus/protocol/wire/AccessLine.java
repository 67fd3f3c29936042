package org.isthmus.protocol.wire;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a LAC knows of the line of its subscriber (RFC 5515 section 5).
 *
 * @param values by attribute, only those of the access line; as they stand on the wire
 */
public record AccessLine(Map<AvpType, byte[]> values) {

    /** Nothing is known: no AVP is sent. */
    public static final AccessLine NONE = new AccessLine(Map.of());

    /** Copies the map, in the order of the attributes; throws IllegalArgumentException for any other attribute. */
    public AccessLine {
        Map<AvpType, byte[]> ordered = new EnumMap<>(AvpType.class);
        values.forEach((type, value) -> {
            if (!type.ofAccessLine() || !type.fits(value.length)) {
                throw new IllegalArgumentException(type.title() + " of " + value.length
                        + " octets says nothing about an access line");
            }
            ordered.put(type, value.clone());
        });
        values = Collections.unmodifiableMap(ordered);
    }

    /** True when nothing is known. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** A copy that says this as well: an Agent-Circuit-Id or Agent-Remote-Id of 2 to 63 octets; empty adds nothing. */
    public AccessLine with(AvpType type, String text) {
        return text.isEmpty() ? this : with(type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy that says this as well: a rate in bits per second, a delay in milliseconds, or a type. */
    public AccessLine with(AvpType type, long number) {
        byte[] octets = new byte[type.format() == AvpType.Format.UINT64 ? 8 : 4];
        for (int i = 0; i < octets.length; i++) {
            octets[octets.length - 1 - i] = (byte) (number >>> 8 * i);
        }
        return with(type, octets);
    }

    private AccessLine with(AvpType type, byte[] value) {
        Map<AvpType, byte[]> more = new EnumMap<>(AvpType.class);
        more.putAll(values);
        more.put(type, value);
        return new AccessLine(more);
    }

    /** A text, made safe to show; empty when not known. */
    public String text(AvpType type) {
        byte[] value = values.get(type);
        return value == null ? "" : Text.of(value, 0, value.length);
    }

    /** A rate, a delay or a type; empty when not known. */
    public OptionalLong number(AvpType type) {
        byte[] value = values.get(type);
        return value == null ? OptionalLong.empty() : OptionalLong.of(new BigInteger(1, value).longValue());
    }

    /** One line for an operator: what is known, with the names of the RFC. */
    public String words() {
        StringBuilder line = new StringBuilder();
        values.keySet().forEach(type -> line.append(line.isEmpty() ? "" : ", ").append(type.title()).append(' ')
                .append(type.format() == AvpType.Format.TEXT ? text(type)
                        : Long.toUnsignedString(number(type).orElse(0))));
        return line.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccessLine line && values.keySet().equals(line.values.keySet())
                && values.keySet().stream().allMatch(type -> Arrays.equals(values.get(type), line.values.get(type)));
    }

    @Override
    public int hashCode() {
        return words().hashCode();
    }

    @Override
    public String toString() {
        return words();
    }
}
