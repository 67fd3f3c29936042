package org.isthmus.console.capture;

import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

import org.isthmus.api.TracedDatagram;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.protocol.trace.MessageTrace;

/** A traced datagram in lines: when, which way ({@code >} sent, {@code <} received), what. */
public final class TraceText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");

    private TraceText() {
    }

    /** @param brief the first line alone */
    public static String of(TracedDatagram datagram, ZoneId zone, boolean brief) {
        MessageTrace trace = MessageTrace.of(ByteBuffer.wrap(datagram.payload()));
        String words = !datagram.control() && datagram.encapsulation() == Encapsulation.IP ? overIp(datagram.payload())
                : brief ? trace.summary() : trace.toString();
        return TIME.format(datagram.when().atZone(zone)) + (datagram.sent() ? " > " : " < ") + words;
    }

    /** Over IP there is nothing in front of the session identifier (RFC 3931 section 4.1.1). */
    private static String overIp(byte[] payload) {
        return "v3 data" + (payload.length < 4 ? ", broken" : " session "
                + Integer.toUnsignedString(ByteBuffer.wrap(payload).getInt())) + ", " + payload.length + " octets";
    }
}
