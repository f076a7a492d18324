package dev.assay.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.HttpSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is slow, idle or gone does not hold up the others: counted, over real connections. */
@Timeout(120)
class CrowdedServerTest {
    private static final int CROWD = 1000;
    /** Nobody is ended for being slow while a test counts. */
    private static final ClientBounds PATIENT =
            new ClientBounds(Duration.ofHours(1), 1, Duration.ofHours(1), 2 * CROWD, 8 * CROWD);

    private static final ClientBounds HASTY =
            new ClientBounds(Duration.ofMillis(200), 1000, Duration.ofMillis(50), 2 * CROWD, 8 * CROWD);
    private static final HttpSettings ROOM = HttpSettings.plain("127.0.0.1", 0, 1 << 20, 64 << 20);
    private static final String WHOLE = request("/echo", "Content-Length: 5\r\n") + "12345";
    private static final String BEGUN = request("/echo", "Content-Length: 1000\r\n") + "{";
    private static final String HEALTH = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<Socket> crowd = new ArrayList<>();

    @AfterEach
    void leave() throws IOException {
        for (Socket one : crowd) {
            one.close();
        }
    }

    @Test
    void aThousandBodiesThatDoNotComeHoldUpNobody() throws Exception {
        try (HttpServer server = server(ROOM, PATIENT)) {
            for (int i = 0; i < CROWD; i++) {
                send(join(server), BEGUN);
            }
            await("test.bodies.arriving", CROWD);

            assertThat(asked(server, WHOLE)).startsWith("HTTP/1.1 200").endsWith("{\"bytes\":5}");
            assertThat(asked(server, HEALTH)).startsWith("HTTP/1.1 200");
            assertThat(server.inFlightBytes())
                    .as("what has come, not what was declared")
                    .isLessThan(CROWD * 1001L);
        }
    }

    @Test
    void aThousandBodiesThatComeByTheByteAreAnsweredWhenTheyAreWhole() throws Exception {
        try (HttpServer server = server(ROOM, PATIENT)) {
            for (int i = 0; i < CROWD; i++) {
                send(join(server), request("/echo", "Content-Length: 3\r\n") + "a");
            }
            await("test.bodies.arriving", CROWD);
            for (String letter : List.of("b", "c")) {
                for (Socket one : crowd) {
                    send(one, letter);
                }
            }

            int answered = 0;
            for (Socket one : crowd) {
                answered += answer(one).endsWith("{\"bytes\":3}") ? 1 : 0;
            }
            assertThat(answered).isEqualTo(CROWD);
            await("test.bodies.arriving", 0);
            assertThat(server.inFlightBytes()).isZero();
        }
    }

    @Test
    void aThousandIdleConnectionsHoldUpNobody() throws Exception {
        try (HttpServer server = server(ROOM, PATIENT)) {
            for (int i = 0; i < CROWD; i++) {
                join(server);
            }
            await("test.connections.open", CROWD);

            assertThat(asked(server, WHOLE)).startsWith("HTTP/1.1 200");
            assertThat(asked(server, HEALTH)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aBodyThatStandsStillIsTold408AndItsConnectionEnds() throws Exception {
        try (HttpServer server = server(ROOM, HASTY)) {
            Socket slow = join(server);
            send(slow, BEGUN);

            String answer = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 408").contains("application/problem+json", "1000 bytes in 200 ms");
            assertThat(server.inFlightBytes()).isZero();
            assertThat(meters.get("test.bodies.slow").counter().count()).isOne();
        }
    }

    @Test
    void aHeadThatDoesNotEndIsTold408AndItsConnectionEnds() throws Exception {
        try (HttpServer server = server(ROOM, HASTY)) {
            Socket slow = join(server);
            send(slow, "POST /echo HTTP/1.1\r\nHost: x\r\n");

            String answer = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 408").contains("application/problem+json", "head of a request");
        }
    }

    @Test
    void ofTooManyBodiesTheAddressWithMostOfThemLosesItsOldest() throws Exception {
        ClientBounds three = new ClientBounds(Duration.ofHours(1), 1, Duration.ofHours(1), 3, 100);
        try (HttpServer server = server(ROOM, three)) {
            Socket alone = new Socket(
                    InetAddress.getLoopbackAddress(),
                    server.port(),
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 2}),
                    0);
            crowd.add(alone);
            send(alone, BEGUN);
            await("test.bodies.arriving", 1);
            List<Socket> greedy = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Socket one = join(server);
                greedy.add(one);
                send(one, BEGUN);
                await("test.bodies.arriving", Math.min(3, i + 2));
            }

            assertThat(answer(greedy.get(0))).startsWith("HTTP/1.1 408").contains("too many bodies");
            send(alone, "2".repeat(999));
            assertThat(answer(alone)).endsWith("{\"bytes\":1000}");
        }
    }

    @Test
    void ofTooManyConnectionsTheAddressWithMostOfThemLosesAnIdleOne() throws Exception {
        ClientBounds three = new ClientBounds(Duration.ofHours(1), 1, Duration.ofHours(1), 100, 3);
        try (HttpServer server = server(ROOM, three)) {
            List<Socket> idle = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                idle.add(join(server));
                await("test.connections.open", i + 1);
            }

            assertThat(asked(server, WHOLE)).startsWith("HTTP/1.1 200");
            assertThat(idle.get(0).getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whoIsRefusedWhileStillSendingHearsWhy() throws Exception {
        try (HttpServer server = server(HttpSettings.plain("127.0.0.1", 0, 4096, 4096), PATIENT)) {
            Socket refused = join(server);
            send(refused, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 4000\r\n\r\n");
            await("test.bodies.arriving", 1);
            send(refused, "1".repeat(4000));

            assertThat(answer(refused)).startsWith("HTTP/1.1 415");
        }
    }

    @Test
    void whoIsRefusedAndNeverSendsIsToldSoAllTheSame() throws Exception {
        try (HttpServer server = server(ROOM, HASTY)) {
            Socket refused = join(server);
            send(refused, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 4000\r\n\r\n");

            String answer = new String(refused.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 415").contains("application/json in UTF-8, was text/plain");
        }
    }

    @Test
    void bodiesInPiecesWithoutALengthArriveWhole() throws Exception {
        try (HttpServer server = server(ROOM, PATIENT)) {
            Socket one = join(server);
            send(one, request("/later", "Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n");
            await("test.bodies.arriving", 1);
            send(one, "2\r\nde\r\n");
            send(one, "0\r\n\r\n");

            assertThat(answer(one)).startsWith("HTTP/1.1 200").endsWith("{\"bytes\":5}");
            send(one, WHOLE);
            assertThat(answer(one)).as("the next on the same connection").startsWith("HTTP/1.1 200");
            assertThat(server.inFlightBytes()).isZero();
        }
    }

    @Test
    void aBodyThatBreaksOffGivesBackItsRoom() throws Exception {
        try (HttpServer server = server(ROOM, PATIENT)) {
            Socket one = join(server);
            send(one, BEGUN);
            await("test.bodies.arriving", 1);

            one.close();

            await("test.bodies.arriving", 0);
            while (server.inFlightBytes() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    private HttpServer server(HttpSettings settings, ClientBounds bounds) {
        return HttpServer.start(
                new HttpServer.Setup(settings, null, "test", meters, Duration.ZERO, bounds),
                List.of(
                        Health.live(() -> true),
                        Route.post("/echo", request -> echo(request)).takes(Map.class),
                        Route.later("POST", "/later", request -> CompletableFuture.supplyAsync(() -> echo(request)))
                                .by(CallerRole.WRITE)
                                .takes(Map.class)));
    }

    private static HttpAnswer echo(Request request) {
        return new HttpAnswer(200, Map.of("bytes", request.body().length));
    }

    private Socket join(HttpServer server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        crowd.add(socket);
        return socket;
    }

    private static String request(String path, String headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers + "\r\n";
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private String asked(HttpServer server, String request) throws IOException {
        Socket one = join(server);
        send(one, request);
        return answer(one);
    }

    /** Head and body of an answer that says its length. */
    private static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        int end = Integer.MAX_VALUE;
        while (text.length() < end) {
            int next = in.read();
            if (next < 0) {
                throw new SocketException("closed after: " + text);
            }
            text.append((char) next);
            if (end == Integer.MAX_VALUE && text.indexOf("\r\n\r\n") >= 0) {
                String length =
                        text.toString().split("(?i)content-length: ", 2)[1].split("\r", 2)[0];
                end = text.length() + Integer.parseInt(length);
            }
        }
        return text.toString();
    }

    private void await(String gauge, int value) {
        while (Math.round(meters.get(gauge).gauge().value()) != value) {
            Thread.onSpinWait();
        }
    }
}
