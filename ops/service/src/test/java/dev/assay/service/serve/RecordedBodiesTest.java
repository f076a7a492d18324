package dev.assay.service.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.selection.Centring;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.features.VectorFeatureSpace;
import dev.assay.streams.model.Decision;
import dev.assay.streams.score.DecisionMaker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedBodiesTest {
    private static final VectorFeatureSpace SPACE = new VectorFeatureSpace("pairs", 2);
    private static final String NUMBERS = "{\"candidates\": [{\"features\": [1, 0.1]}, {\"features\": [3, 4]}]}";
    /** struct.pack("<2f", 1.0, 0.5) in base64. */
    private static final String PACKED = "{\"responses\": [{\"features\": \"AACAPwAAAD8=\"}]}";

    @TempDir
    Path folder;

    @Test
    void bodiesAreFoundByTheirHashAndReadAsTheRoutesReadThem() throws Exception {
        RecordedBodies bodies = new RecordedBodies(SPACE, WireFormat.SINGLE_OBJECT);
        bodies.read(Files.writeString(folder.resolve("requests.jsonl"), NUMBERS + "\n\n" + PACKED + "\n"));

        assertThat(bodies.features(decision("/v1/best-of-n", NUMBERS)).orElseThrow())
                .containsExactly(new float[] {1, 0.1f}, new float[] {3, 4});
        assertThat(bodies.features(decision("/v1/score", PACKED)).orElseThrow()).containsExactly(new float[] {1, 0.5f});
    }

    @Test
    void whatWasNotRecordedOrIsNoSuchRequestHasNoFeatures() throws Exception {
        RecordedBodies bodies = new RecordedBodies(SPACE, WireFormat.SINGLE_OBJECT);
        bodies.read(Files.writeString(folder.resolve("requests.jsonl"), NUMBERS + "\nno json\n"));

        assertThat(bodies.features(decision("/v1/score", PACKED))).isEmpty();
        assertThat(bodies.features(decision("/v1/score", NUMBERS))).isEmpty();
        assertThat(bodies.features(decision("/v1/score", "no json"))).isEmpty();
        assertThat(bodies.features(decision("/get_reward", NUMBERS))).isEmpty();
    }

    private static Decision decision(String path, String body) {
        return new Decision(
                new Decision.Origin(
                        "r", path, DecisionMaker.hash(body.getBytes(StandardCharsets.UTF_8)), 0, Instant.EPOCH),
                new Decision.Basis(1, SPACE.id(), CovarianceKind.MODEL, Centring.FEATURE_SPACE, 0.95, 1.96),
                null,
                new Decision.Intervals(new double[1], new double[1], new double[1], new double[1]),
                null,
                "test");
    }
}
