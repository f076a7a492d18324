package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.estimator.algebra.Vector;
import dev.assay.service.roles.RunningScorer;
import dev.assay.service.topics.VersionHistory;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.ParameterSnapshot.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scorer with a real broker: which snapshot it answers from over HTTP. θ = (version, 0), so that the reward tells. */
@Tag("broker")
class ScorerBrokerTest {
    private static final Duration SECONDS = Duration.ofSeconds(30); // it takes one; a busy machine may need more
    private static final long LOOK_EVERY_NANOS = 20_000_000;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void theNewestSnapshotIsAnsweredFromAndAnOlderOneRefused() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("broker"))) {
            Deployment deployment = deployment(broker, "");
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            try (RunningScorer scorer = start(deployment, null, meters)) {
                assertThat(get(scorer, "/health/ready").statusCode()).isEqualTo(503);
                assertThat(get(scorer, "/health/ready").body()).contains("no snapshot has been published yet");

                publish(deployment, 5, Kind.INCREMENTAL);
                await("version 5", () -> version(scorer) == 5);
                assertThat(get(scorer, "/health/ready").statusCode()).isEqualTo(200);

                publish(deployment, 6, Kind.RERUN);
                await("version 6", () -> version(scorer) == 6);

                publish(deployment, 4, Kind.RERUN);
                await(
                        "a refusal",
                        () -> meters.counter("score.snapshots.refused").count() == 1);
                assertThat(version(scorer)).isEqualTo(6);

                publish(deployment, 7, Kind.INCREMENTAL);
                await("version 7", () -> version(scorer) == 7);
            }
        }
    }

    @Test
    void aPinnedScorerAndOneOfRerunsDoNotFollowEverything() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("broker"))) {
            Deployment all = deployment(broker, "");
            Deployment reruns = deployment(broker, "score: {snapshots: reruns}");
            publish(all, 1, Kind.RERUN);
            publish(all, 2, Kind.RERUN);
            ParameterSnapshot pinned = new VersionHistory(all).require("--pin", 1);
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            try (RunningScorer one = start(all, pinned, new SimpleMeterRegistry());
                    RunningScorer two = start(reruns, null, meters);
                    RunningScorer newest = start(all, null, new SimpleMeterRegistry())) {
                assertThat(version(one)).isEqualTo(1);
                await("version 2 of the reruns", () -> version(two) == 2);

                publish(all, 3, Kind.INCREMENTAL);
                await("version 3", () -> version(newest) == 3);
                assertThat(version(two)).isEqualTo(2);
                assertThat(version(one)).isEqualTo(1);

                publish(all, 4, Kind.RERUN);
                await("version 4 of the reruns", () -> version(two) == 4);
                await("version 4", () -> version(newest) == 4);
                // 2 and 4, and never 3 between them.
                assertThat(meters.counter("score.snapshots.taken").count()).isEqualTo(2);
                assertThat(version(one)).isEqualTo(1);
                assertThat(get(one, "/health/ready").statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void aScorerWhoseBrokerIsGoneAnswersOnButSaysThatItIsNotReady() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("broker"));
        try (broker) {
            Deployment deployment = deployment(broker, "serve: {stale-after: PT5S}");
            publish(deployment, 3, Kind.RERUN);
            // It hears of the end of its worker's threads for half a minute if the broker is gone for good.
            try (RunningScorer scorer = start(deployment, null, new SimpleMeterRegistry())) {
                await("version 3", () -> version(scorer) == 3);
                assertThat(get(scorer, "/health/ready").statusCode()).isEqualTo(200);

                broker.close();
                await("it is not ready", () -> get(scorer, "/health/ready").statusCode() == 503);
                assertThat(get(scorer, "/health/ready").body())
                        .contains("whether there is a newer snapshot; serve.stale-after is PT5S");
                assertThat(version(scorer)).isEqualTo(3);
                assertThat(get(scorer, "/health/live").statusCode()).isEqualTo(200);
            }
        }
    }

    private static RunningScorer start(
            Deployment deployment, @Nullable ParameterSnapshot pinned, SimpleMeterRegistry meters) {
        return RunningScorer.start(
                deployment, deployment.config().servers().serve().withPort(0), null, pinned, meters);
    }

    /** @return the version the answer names; 0 if there is none yet */
    private static long version(RunningScorer scorer) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(scorer.address() + "/v1/score"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"responses\": [{\"features\": [2, 1]}]}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 503) {
            return 0;
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode json = new ObjectMapper().readTree(answer.body());
        long version = json.path("parameter_version").asLong();
        assertThat(json.at("/responses/0/reward").asDouble()).isEqualTo(2.0 * version);
        return version;
    }

    private static HttpResponse<String> get(RunningScorer scorer, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(scorer.address() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void await(String what, Callable<Boolean> so) throws Exception {
        long deadline = System.nanoTime() + SECONDS.toNanos();
        while (!so.call()) {
            assertThat(System.nanoTime()).as("waited in vain for " + what).isLessThan(deadline);
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private Deployment deployment(EmbeddedBroker broker, String more) throws Exception {
        return WrittenOut.deployment(folder, broker, 1, more);
    }

    private static void publish(Deployment deployment, long version, Kind kind) throws Exception {
        WrittenOut.publish(deployment, WrittenOut.snapshot(deployment, version, kind, Vector.of((double) version, 0)));
    }
}
