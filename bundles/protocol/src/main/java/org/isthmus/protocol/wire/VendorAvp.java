package org.isthmus.protocol.wire;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * An AVP of a vendor, to be put into a message of ours.
 *
 * @param mandatory its M bit: whether a receiver that does not know it has to give up the session or tunnel
 * @param vendorId  SMI enterprise code, 1 to 65535
 * @param attribute Attribute Type, 0 to 65535
 * @param value     at most {@link #MAX_VALUE_BYTES} octets; nobody may change them
 */
public record VendorAvp(boolean mandatory, int vendorId, int attribute, byte[] value) {
    /** The most octets of a value. */
    public static final int MAX_VALUE_BYTES = Avp.MAX_BYTES - Avp.HEADER_BYTES;
    private static final int LENGTH_OFFSET = 2;

    public VendorAvp {
        if (vendorId < 1 || vendorId > 0xffff || attribute < 0 || attribute > 0xffff || value.length > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("no AVP can be vendor " + vendorId + " attribute " + attribute + " with "
                    + value.length + " octets");
        }
    }

    /** Which AVPs of vendors somebody knows: the M bit of others that are unknown speaks against a message. */
    @FunctionalInterface
    public interface Known {
        /** None. */
        Known NONE = (message, vendorId, attribute) -> false;

        /** @param message whose AVP it is, all of it read */
        boolean contains(ControlMessage message, int vendorId, int attribute);
    }

    /** The octets that they take in a message. */
    public static int bytes(List<VendorAvp> avps) {
        return avps.stream().mapToInt(avp -> Avp.HEADER_BYTES + avp.value.length).sum();
    }

    /** A message of ours with these behind all others; as it is if it would be too long to be read. */
    public static byte[] append(byte[] message, List<VendorAvp> avps) {
        int length = message.length + bytes(avps);
        if (avps.isEmpty() || length > ControlMessage.MAX_BYTES) {
            return message;
        }
        ByteBuffer longer = ByteBuffer.allocate(length).put(message);
        for (VendorAvp avp : avps) {
            longer.putShort((short) ((avp.mandatory ? Avp.M : 0) | Avp.HEADER_BYTES + avp.value.length));
            longer.putShort((short) avp.vendorId).putShort((short) avp.attribute).put(avp.value);
        }
        longer.putShort(LENGTH_OFFSET, (short) length);
        return longer.array();
    }
}
