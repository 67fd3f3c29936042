package org.isthmus.api.quirk;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * An AVP of a vendor (RFC 2661 section 4.1).
 *
 * @param mandatory its M bit: whether a receiver that does not understand it has to give up the session or tunnel
 * @param vendorId  SMI enterprise code, 1 to 65535
 * @param attribute Attribute Type, 0 to 65535
 * @param value     at most {@link #MAX_VALUE_BYTES} bytes; nobody may change them
 */
public record VendorAvp(boolean mandatory, int vendorId, int attribute, byte[] value) {
    /** The most bytes of a value. */
    public static final int MAX_VALUE_BYTES = 1017;

    public VendorAvp {
        if (vendorId < 1 || vendorId > 0xffff || attribute < 0 || attribute > 0xffff || value.length > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("no AVP can be vendor " + vendorId + " attribute " + attribute + " with "
                    + value.length + " bytes");
        }
    }

    /** A text in UTF-8, without the M bit. */
    public static VendorAvp text(int vendorId, int attribute, String value) {
        return new VendorAvp(false, vendorId, attribute, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The value as a text in UTF-8; control characters are as the peer sent them. */
    public String text() {
        return new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "vendor " + vendorId + " attribute " + attribute + (mandatory ? " M " : " ") + HexFormat.of().formatHex(value);
    }
}
