package org.isthmus.protocol.wire;

import java.util.Optional;

/** A number on the wire that stands for something, as the enums of result and error codes have it. */
public interface WireCode {

    /** The number on the wire. */
    int code();

    /** What it means, for an operator. */
    String words();

    /** The constant of the enum with this number, if it is one of those defined. */
    static <E extends Enum<E> & WireCode> Optional<E> of(Class<E> codes, int code) {
        for (E candidate : codes.getEnumConstants()) {
            if (candidate.code() == code) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
