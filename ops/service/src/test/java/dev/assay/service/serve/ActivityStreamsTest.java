package dev.assay.service.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.http.SmallGateway;
import dev.assay.service.serve.dashboard.Activity;
import dev.assay.service.serve.dashboard.ActivityStream;
import dev.assay.service.serve.dashboard.ActivityStreams;
import dev.assay.service.serve.dashboard.Annotators;
import dev.assay.service.serve.dashboard.DashboardState;
import dev.assay.service.serve.dashboard.Refusals;
import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.ServeSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stream of what happens: over HTTP, and what it does with time, which is given here. */
@Timeout(60)
class ActivityStreamsTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String PATH = "/v1/activity/stream";

    @Test
    void aReaderIsToldHowThingsStandAndThenWhatChanges() throws Exception {
        try (ServedScorer scorer = new ServedScorer();
                ReadStream stream = new ReadStream(HTTP, scorer.url() + PATH, null)) {
            assertThat(stream.status).isEqualTo(200);
            assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
            assertThat(stream.header("Cache-Control")).isEqualTo("no-store");
            assertThat(stream.next("activity").at("/reruns")).isEmpty();
            assertThat(stream.next("refusals").at("/total").asInt()).isZero();

            scorer.seen = SeenExamples.seen();
            assertThat(stream.next("activity"))
                    .isEqualTo(scorer.get("/v1/activity").json());
            assertThat(stream.next("refusals"))
                    .isEqualTo(scorer.get("/v1/refusals").json());

            scorer.newest.offer(ServedScorer.snapshot(7));
            assertThat(stream.next("model").at("/version").asInt()).isEqualTo(7);
        }
    }

    @Test
    void whoMayNotReadGetsNoStream() throws Exception {
        GatewaySettings tokens = SmallGateway.withTokens(
                SmallGateway.token("reader", CallerRole.READ), SmallGateway.token("writer", CallerRole.WRITE));
        try (ServedScorer scorer =
                new ServedScorer(ServeSettings.DEFAULTS, ServedScorer.DEPLOYMENT.featureSpace(), null, tokens)) {
            for (String path : List.of(PATH, "/v1/activity", "/v1/refusals", "/v1/annotators")) {
                assertThat(status(scorer, path, null)).as(path).isEqualTo(401);
                assertThat(status(scorer, path, "nobody")).as(path).isEqualTo(401);
                assertThat(status(scorer, path, "writer")).as(path).isEqualTo(403);
                assertThat(status(scorer, path, "reader")).as(path).isEqualTo(200);
            }
        }
    }

    private static int status(ServedScorer scorer, String path, @Nullable String token) throws Exception {
        try (ReadStream stream = new ReadStream(HTTP, scorer.url() + path, token)) {
            return stream.status;
        }
    }

    @Test
    void oneReaderTooManyIsToldToComeAgainAndGetsThePlaceOfOneWhoLeft() throws Exception {
        List<ReadStream> streams = new ArrayList<>();
        try (ServedScorer scorer = new ServedScorer()) {
            for (int i = 0; i < ActivityStreams.MOST; i++) {
                streams.add(new ReadStream(HTTP, scorer.url() + PATH, null));
                streams.get(i).next("activity");
            }
            try (ReadStream refused = new ReadStream(HTTP, scorer.url() + PATH, null)) {
                assertThat(refused.status).isEqualTo(503);
                assertThat(refused.header("Retry-After")).isEqualTo("5");
            }

            streams.get(0).close();
            int status = 503;
            for (int change = 1; status == 503; change++) { // That he left shows when something is written to him.
                scorer.seen = happened(change);
                streams.get(1).next("activity");
                try (ReadStream again = new ReadStream(HTTP, scorer.url() + PATH, null)) {
                    status = again.status;
                }
            }
            assertThat(status).isEqualTo(200);
        } finally {
            for (ReadStream stream : streams) {
                stream.close();
            }
        }
    }

    @Test
    void aServerThatClosesEndsItsStreamsInOrder() throws Exception {
        ServedScorer scorer = new ServedScorer();
        try (ReadStream stream = new ReadStream(HTTP, scorer.url() + PATH, null)) {
            stream.next("refusals");
            scorer.close();
            // A stream that is torn off, after everybody's requests were waited for, throws here.
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void whoDoesNotReadHoldsUpNobody() throws Exception {
        List<Socket> deaf = new ArrayList<>();
        try (ServedScorer scorer = new ServedScorer()) {
            for (int i = 0; i < 4; i++) { // To wait for so many, until their connections time out, would take minutes.
                deaf.add(deaf(URI.create(scorer.url()).getPort()));
            }
            try (ReadStream stream = new ReadStream(HTTP, scorer.url() + PATH, null)) {
                stream.next("activity");
                for (int change = 1; change <= 6; change++) { // Each is more than a socket takes without being read.
                    scorer.seen = large(change);
                    int told = change;
                    assertThat(stream.next("activity").at("/events/0/count").asInt())
                            .isEqualTo(told);
                }
            }
        } finally {
            for (Socket socket : deaf) {
                socket.close();
            }
        }
    }

    private static Socket deaf(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void changesComeAtMostTwiceASecondAndTheNewestCounts() throws Exception {
        Fake fake = new Fake();
        ActivityStream stream = fake.stream();
        fake.serve(stream, 0);
        assertThat(fake.written()).containsExactly("activity 0", "refusals");
        fake.seen = happened(1);
        fake.serve(stream, 400);
        fake.seen = happened(2);
        fake.serve(stream, 499);
        assertThat(fake.written()).isEmpty();
        fake.serve(stream, 500);
        assertThat(fake.written()).containsExactly("activity 2");
        fake.serve(stream, 5_000);
        assertThat(fake.written()).isEmpty();
    }

    @Test
    void everyFifteenSecondsACommentShowsThatTheStreamLives() throws Exception {
        Fake fake = new Fake();
        ActivityStream stream = fake.stream();
        fake.serve(stream, 0);
        assertThat(fake.written()).hasSize(2);
        fake.serve(stream, 14_999);
        assertThat(fake.written()).isEmpty();
        fake.serve(stream, 15_000);
        assertThat(fake.written()).containsExactly(":");
        fake.serve(stream, 29_999);
        assertThat(fake.written()).isEmpty();
        fake.serve(stream, 30_000);
        assertThat(fake.written()).containsExactly(":");
    }

    @Test
    void whoReadsNothingForTwentySecondsIsCutOffAndWhoIsSlowMissesWhatIsInBetween() throws Exception {
        Fake fake = new Fake();
        ActivityStream stream = fake.stream();
        fake.serve(stream, 0);
        fake.written();
        fake.full = true;
        fake.seen = happened(1);
        fake.serve(stream, 1_000);
        fake.seen = happened(2);
        fake.serve(stream, 2_000);
        fake.full = false;
        stream.onWritePossible();
        fake.serve(stream, 3_000);
        assertThat(fake.written()).containsExactly("activity 2");
        fake.full = true;
        fake.serve(stream, 23_000);
        assertThat(stream.done()).isNotDone();
        fake.serve(stream, 23_001);
        assertThat(stream.done()).isCompleted();
        assertThat(fake.meters.counter("serve.streams.slow").count()).isEqualTo(1);
    }

    /** Streams without threads, and a container with room or without. */
    private static final class Fake extends ServletOutputStream {
        final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        DashboardState seen = happened(0);
        boolean full;
        private final ActivityStreams streams = new ActivityStreams(() -> seen, () -> 0, meters);
        private final StringBuilder sent = new StringBuilder();

        ActivityStream stream() {
            ActivityStream stream = new ActivityStream(this, () -> {}, 0);
            stream.onWritePossible();
            return stream;
        }

        void serve(ActivityStream stream, long millis) {
            streams.serve(stream, Duration.ofMillis(millis).toNanos());
        }

        /** What was written since the last time: events with the count of the newest happening, comments. */
        List<String> written() throws IOException {
            List<String> frames = new ArrayList<>();
            for (String frame : sent.toString().split("\n\n")) {
                if (frame.startsWith("event: activity")) {
                    String json = frame.substring(frame.indexOf("data: ") + "data: ".length());
                    frames.add("activity "
                            + new com.fasterxml.jackson.databind.ObjectMapper()
                                    .readTree(json)
                                    .at("/events/0/count")
                                    .asInt());
                } else if (!frame.isEmpty()) {
                    frames.add(frame.startsWith("event: ") ? frame.substring(7, frame.indexOf('\n')) : frame);
                }
            }
            sent.setLength(0);
            return frames;
        }

        @Override
        public boolean isReady() {
            return !full;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int one) {
            sent.append((char) one);
        }
    }

    private static DashboardState happened(int count) {
        return new DashboardState(
                new Activity(
                        null,
                        List.of(),
                        List.of(),
                        List.of(new Activity.RepeatedEvent("DRIFT", SeenExamples.T, "Far away.", count))),
                Refusals.NONE,
                Annotators.UNKNOWN);
    }

    /** Some 10 MB. */
    private static DashboardState large(int count) {
        Activity.RepeatedEvent newest = new Activity.RepeatedEvent("DRIFT", SeenExamples.T, "x".repeat(100_000), count);
        return new DashboardState(
                new Activity(null, List.of(), List.of(), Collections.nCopies(100, newest)),
                Refusals.NONE,
                Annotators.UNKNOWN);
    }
}
