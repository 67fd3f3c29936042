package org.isthmus.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Recorded answers of the kernel are understood. */
class RouteAnswersTest {

    @BeforeEach
    void theRecordsAreLittleEndian() {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the answers were recorded on a little-endian machine");
    }

    @Test
    void aLink() {
        assertEquals(List.of(new Link(1, "lo", 65_536, true, true, 3, "")), all(RecordedReplies.LINK, RouteAnswers::link));
    }

    @Test
    void addressesOfEachKind() throws Exception {
        assertEquals(
                List.of(
                        InterfaceAddress.inNetwork(1, InetAddress.getByName("127.0.0.1"), 8),
                        InterfaceAddress.pointToPoint(2, InetAddress.getByName("10.5.0.1"), InetAddress.getByName("10.5.0.2")),
                        InterfaceAddress.inNetwork(2, InetAddress.getByName("fd00::1"), 64)),
                all(RecordedReplies.ADDRESSES, RouteAnswers::address));
    }

    @Test
    void routesWithGatewayMetricSourceAndTable() throws Exception {
        InetAddress router = InetAddress.getByName("10.5.0.2");
        assertEquals(
                List.of(
                        Route.through(new Prefix(InetAddress.getByName("10.9.0.0"), 16), 2).withTable(1000),
                        new Route(new Prefix(InetAddress.getByName("0.0.0.0"), 0), 2, Optional.of(router), Optional.empty(), 77, 254, 0),
                        Route.through(Prefix.host(router), 2).withSource(InetAddress.getByName("10.5.0.1"))),
                all(RecordedReplies.ROUTES, RouteAnswers::route));
    }

    @Test
    void anErrorCarriesTheKernelsOwnWords() {
        NetlinkReader answer = RecordedReplies.reader(RecordedReplies.REFUSED_ROUTE);
        assertTrue(answer.next());
        LinuxException error = NetlinkError.read("add the route 10.1.2.3/24", answer);
        assertEquals(Errno.EINVAL, error.errno());
        assertEquals("add the route 10.1.2.3/24: EINVAL, invalid argument (the kernel says: Invalid prefix for given prefix length)",
                error.getMessage());
        assertFalse(answer.next());
        assertFalse(answer.malformed());
    }

    private static <T> List<T> all(String hex, Function<NetlinkReader, Optional<T>> parse) {
        NetlinkReader messages = RecordedReplies.reader(hex);
        List<T> read = new ArrayList<>();
        while (messages.next()) {
            read.add(parse.apply(messages).orElseThrow());
        }
        assertFalse(messages.malformed());
        return read;
    }
}
