package org.isthmus.protocol.tunnel;

import java.nio.charset.StandardCharsets;
import org.isthmus.protocol.wire.Text;

/** Makes an SCCRP no larger than the SCCRQ that it answers, if that can be. */
final class Shedding {

    /** Writes an SCCRP. */
    interface Writer {
        /**
         * @param shed     how many of the optional attributes are left out, in the order of their uselessness
         * @param hostName our name, or the beginning of it
         */
        byte[] write(int shed, String hostName);
    }

    private Shedding() {
    }

    /** Leaves out one attribute after the other, then shortens the Host Name to as little as one character. */
    static byte[] fit(int budgetBytes, int optional, String hostName, Writer writer) {
        byte[] message = writer.write(0, hostName);
        for (int shed = 1; message.length > budgetBytes && shed <= optional; shed++) {
            message = writer.write(shed, hostName);
        }
        if (message.length > budgetBytes) {
            int nameBytes = hostName.getBytes(StandardCharsets.UTF_8).length;
            String shorter = Text.prefix(hostName, Math.max(0, nameBytes - (message.length - budgetBytes)));
            message = writer.write(optional, shorter.isEmpty()
                    ? hostName.substring(0, hostName.offsetByCodePoints(0, 1)) : shorter);
        }
        return message;
    }
}
