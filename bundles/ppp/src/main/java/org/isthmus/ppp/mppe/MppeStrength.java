package org.isthmus.ppp.mppe;

import java.util.Optional;
import java.util.stream.Stream;

/** How long the keys of MPPE are, the strongest first. */
public enum MppeStrength {
    /** 128 bits. */
    BITS_128(128, 16, 0x40, new byte[0]),
    /** 56 bits: 8 octets of which the first is known. */
    BITS_56(56, 8, 0x80, new byte[] {(byte) 0xd1}),
    /** 40 bits: 8 octets of which the first three are known. */
    BITS_40(40, 8, 0x20, new byte[] {(byte) 0xd1, 0x26, (byte) 0x9e});

    private final int bits;
    private final int keyOctets;
    private final int optionBit;
    private final byte[] known;

    MppeStrength(int bits, int keyOctets, int optionBit, byte[] known) {
        this.bits = bits;
        this.keyOctets = keyOctets;
        this.optionBit = optionBit;
        this.known = known;
    }

    /** The strength with so many bits; empty if there is none. */
    public static Optional<MppeStrength> ofBits(int bits) {
        return Stream.of(values()).filter(strength -> strength.bits == bits).findFirst();
    }

    /** 128, 56 or 40. */
    public int bits() {
        return bits;
    }

    /** 16 or 8. */
    public int keyOctets() {
        return keyOctets;
    }

    /** Its bit in the option of CCP, RFC 3078 section 2. */
    public int optionBit() {
        return optionBit;
    }

    /** Overwrites what of a session key is known to everybody (section 7.3). */
    void weaken(byte[] sessionKey) {
        System.arraycopy(known, 0, sessionKey, 0, known.length);
    }
}
