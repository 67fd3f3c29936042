package org.isthmus.core.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

import org.isthmus.handover.fields.UnreadableException;

/**
 * The file of one tunnel: "ISTHMUS" and the number of the format (1 octet), the CRC-32 of what follows (4 octets), and the
 * record of {@link TunnelCodec}. The number changes only when versions that know another one could not read the record at all;
 * fields come and go without.
 */
final class StateFile {
    private static final byte[] MAGIC = {'I', 'S', 'T', 'H', 'M', 'U', 'S', 1};
    private static final int HEADER_BYTES = MAGIC.length + 4;

    private StateFile() {
    }

    static byte[] write(SavedTunnel tunnel) {
        byte[] record = TunnelCodec.write(tunnel);
        return ByteBuffer.allocate(HEADER_BYTES + record.length).put(MAGIC).putInt(checksum(ByteBuffer.wrap(record)))
                .put(record).array();
    }

    static SavedTunnel read(byte[] octets) throws UnreadableException {
        if (octets.length < HEADER_BYTES || !Arrays.equals(MAGIC, 0, MAGIC.length, octets, 0, MAGIC.length)) {
            throw new UnreadableException("it is not of a format that is known here");
        }
        ByteBuffer record = ByteBuffer.wrap(octets, HEADER_BYTES, octets.length - HEADER_BYTES).slice();
        if (ByteBuffer.wrap(octets).getInt(MAGIC.length) != checksum(record)) {
            throw new UnreadableException("its checksum is wrong");
        }
        return TunnelCodec.read(record);
    }

    private static int checksum(ByteBuffer octets) {
        CRC32 crc = new CRC32();
        crc.update(octets.duplicate());
        return (int) crc.getValue();
    }
}
