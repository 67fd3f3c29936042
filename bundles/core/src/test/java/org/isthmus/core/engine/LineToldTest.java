package org.isthmus.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;

import org.isthmus.protocol.tunnel.LinkInfo;
import org.isthmus.protocol.wire.Accm;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.junit.jupiter.api.Test;

/** What a switch passes on of what it is told of a line. */
class LineToldTest {
    @Test
    void whatAnLnsSaysOfItsLcpGoesOnWhole() {
        byte[] sent = {1, 4, 5, (byte) 0xd4};
        byte[] received = {7, 2};
        ByteBuffer sli = ByteBuffer.wrap(new MessageWriter(MessageType.SLI, 1, 2).accm(new Accm(3, 4))
                .octets(AvpType.LNS_LAST_SENT_LCP_CONFREQ, sent)
                .octets(AvpType.LNS_LAST_RECEIVED_LCP_CONFREQ, received).toBytes());
        LinkInfo link = LineTold.of((ControlMessage) ControlMessage.decode(sli, new byte[0])).link().orElseThrow();
        assertEquals(new Accm(3, 4), link.accm());
        assertArrayEquals(sent, link.lastSentConfreq());
        assertArrayEquals(received, link.lastReceivedConfreq());
    }
}
