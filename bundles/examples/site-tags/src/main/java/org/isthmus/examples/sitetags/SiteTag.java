package org.isthmus.examples.sitetags;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.isthmus.api.quirk.VendorAvp;

/**
 * Where somebody is.
 *
 * <pre>
 * vendor AVP, attribute 1 = rack (2 octets)  site (1 to 64 octets of UTF-8)
 * </pre>
 *
 * @param site its name
 * @param rack 0 to 65535
 */
record SiteTag(String site, int rack) {
    static final int ATTRIBUTE = 1;
    private static final int LONGEST = 64;

    SiteTag {
        int bytes = site.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > LONGEST || rack < 0 || rack > 0xffff) {
            throw new IllegalArgumentException("a site has 1 to " + LONGEST + " bytes, a rack is 0 to 65535: \"" + site + "\", " + rack);
        }
    }

    VendorAvp toAvp(int vendorId) {
        byte[] name = site.getBytes(StandardCharsets.UTF_8);
        return new VendorAvp(false, vendorId, ATTRIBUTE, ByteBuffer.allocate(2 + name.length).putShort((short) rack).put(name).array());
    }

    /** Empty if it says something else, or nothing that can be read. */
    static Optional<SiteTag> of(VendorAvp avp, int vendorId) {
        int length = avp.value().length;
        if (avp.vendorId() != vendorId || avp.attribute() != ATTRIBUTE || length < 3 || length > 2 + LONGEST) {
            return Optional.empty();
        }
        ByteBuffer value = ByteBuffer.wrap(avp.value());
        int rack = value.getShort() & 0xffff;
        try {
            CharBuffer site = StandardCharsets.UTF_8.newDecoder().decode(value);
            // What a peer says goes into the log: nothing that could end a line there.
            boolean clean = site.codePoints().noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                    || Character.getType(c) == Character.LINE_SEPARATOR || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
            return clean ? Optional.of(new SiteTag(site.toString(), rack)) : Optional.empty();
        } catch (CharacterCodingException noText) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "site " + site + ", rack " + rack;
    }
}
