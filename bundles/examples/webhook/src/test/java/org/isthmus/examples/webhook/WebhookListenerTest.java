package org.isthmus.examples.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.isthmus.api.Cause;
import org.isthmus.api.L2tpEvent;
import org.isthmus.api.Origin;
import org.isthmus.api.TunnelState;
import org.isthmus.api.TunnelStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookListenerTest {
    private static final Poster.Limits HURRIED = new Poster.Limits(10, 3, Duration.ofMillis(1), Duration.ofSeconds(5));

    private final BlockingQueue<String> posted = new LinkedBlockingQueue<>();
    private final List<Integer> answers = new ArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private HttpServer server;
    private URI url;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
        server.createContext("/hook", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.countDown();
            try {
                mayAnswer.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            int status = answers.isEmpty() ? 204 : answers.remove(0);
            if (status == 204) {
                posted.add(body);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static L2tpEvent event(String tunnel) {
        TunnelStatus status = new TunnelStatus(tunnel, 1, 2, TunnelState.ESTABLISHED, Origin.LOCAL, Optional.empty(),
                Optional.of(new InetSocketAddress("192.0.2.1", 1701)), "l\"n\ns\u2028", "", "default", "", false, false, 3, Instant.EPOCH,
                Optional.empty(), Optional.empty(), Cause.NONE, Map.of());
        return new L2tpEvent.TunnelEvent(L2tpEvent.Kind.UP, status, Cause.NONE, Instant.EPOCH);
    }

    @Test
    void anEventIsPostedAsJson() throws InterruptedException {
        mayAnswer.countDown();
        WebhookListener listener = new WebhookListener(new Poster(url, HURRIED));
        listener.happened(event("office"));
        assertEquals("{\"event\":\"TUNNEL_UP\",\"at\":\"1970-01-01T00:00:00Z\",\"tunnel\":\"office\",\"tunnelId\":1,\"peer\":\"192.0.2.1\","
                + "\"peerHostName\":\"l\\\"n\\u000as\\u2028\",\"sessions\":3}", posted.poll(10, TimeUnit.SECONDS));
        listener.close();
    }

    @Test
    void whatTheServerDoesNotTakeIsTriedAgain() throws InterruptedException {
        answers.addAll(List.of(503, 503));
        mayAnswer.countDown();
        Poster poster = new Poster(url, HURRIED);
        poster.post("first");
        assertEquals("first", posted.poll(10, TimeUnit.SECONDS));
        assertEquals(0, poster.dropped());
        poster.close();
    }

    @Test
    void whatItNeverTakesIsDroppedAndTheNextOneComesThrough() throws InterruptedException {
        answers.addAll(List.of(503, 503, 503));
        mayAnswer.countDown();
        Poster poster = new Poster(url, HURRIED);
        poster.post("first");
        poster.post("second");
        assertEquals("second", posted.poll(10, TimeUnit.SECONDS));
        assertEquals(1, poster.dropped());
        poster.close();
    }

    @Test
    void whoPostsNeverWaitsForAServerThatDoesNotAnswer() throws InterruptedException {
        Poster poster = new Poster(url, HURRIED);
        poster.post("0");
        assertTrue(asked.await(10, TimeUnit.SECONDS));
        for (int i = 1; i <= 30; i++) {
            poster.post(String.valueOf(i));
        }
        assertEquals(20, poster.dropped());
        mayAnswer.countDown();
        poster.close();
        assertEquals(11, posted.size(), "what waits is posted before it ends");
    }

    @Test
    void aUrlOfAnotherKindIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new WebhookListener(Map.of("url", "file:///etc/passwd")));
        assertThrows(IllegalArgumentException.class, () -> new WebhookListener(Map.of()));
    }
}
