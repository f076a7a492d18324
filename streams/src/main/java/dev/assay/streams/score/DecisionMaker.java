package dev.assay.streams.score;

import dev.assay.estimator.algebra.Blas;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.Candidate;
import dev.assay.streams.model.Decision;
import dev.assay.streams.wire.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What was scored to the record that is kept of it. */
public final class DecisionMaker {
    private static final String RUNTIME =
            "Java " + Runtime.version() + " on " + System.getProperty("os.arch") + ", " + Blas.implementation();
    /** What a record may need besides its vectors: names, hash, runtime. */
    private static final int REST_BYTES = 8192;

    private final Decisions kept;
    private final int maxBytes;

    /**
     * @param kept what of them
     * @param maxBytes of the topic's records: where features would not fit they are left out
     */
    public DecisionMaker(Decisions kept, int maxBytes) {
        this.kept = kept;
        this.maxBytes = maxBytes;
    }

    /**
     * Where a request came from.
     *
     * @param requestId as in the request; may be empty
     * @param kind as {@link Decision#kind}
     * @param requestHash {@link #hash} of the bytes as received
     * @param position which request of those bytes, from 0
     * @param time now
     */
    public record Origin(String requestId, String kind, String requestHash, int position, Instant time) {}

    /** @return whether nothing is kept, so that nobody need hash */
    public boolean idle() {
        return kept == Decisions.NONE;
    }

    /**
     * @param scored what it was answered with
     * @param chosen index of the chosen candidate; null where nothing was chosen
     * @return empty where nothing is kept
     */
    public Optional<Decision> decision(Origin origin, Scored scored, @Nullable Integer chosen) {
        if (kept == Decisions.NONE) {
            return Optional.empty();
        }
        Scoring scoring = scored.scoring();
        List<Candidate> candidates = scored.candidates();
        FeatureRows features = scored.features();
        return Optional.of(new Decision(
                origin.requestId(),
                origin.kind(),
                origin.requestHash(),
                origin.position(),
                origin.time(),
                scoring.snapshot().version(),
                scoring.snapshot().spaces().featureSpace(),
                scoring.covarianceChoice(),
                scoring.centre(),
                scoring.level(),
                scoring.quantile(),
                chosen,
                numbers(candidates, Interval::estimate),
                numbers(candidates, Interval::standardError),
                numbers(candidates, Interval::lower),
                numbers(candidates, Interval::upper),
                kept == Decisions.FEATURES && fits(features, candidates.size()) ? floats(features) : null,
                RUNTIME));
    }

    private boolean fits(FeatureRows features, int candidates) {
        long bytes = (long) Float.BYTES * features.values().length + 4L * Double.BYTES * candidates + REST_BYTES;
        return bytes <= maxBytes;
    }

    /** The features were float32 when they came: nothing is lost. */
    private static float[] floats(FeatureRows features) {
        double[] values = features.values();
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    static double[] numbers(List<Candidate> candidates, ToDoubleFunction<Interval> number) {
        return candidates.stream()
                .mapToDouble(candidate -> number.applyAsDouble(candidate.reward()))
                .toArray();
    }

    /** @return what computes here, as decisions name it */
    public static String runtime() {
        return RUNTIME;
    }

    /** @return SHA-256 in 64 hexadecimal digits */
    public static String hash(byte[] request) {
        return Sha256.hex(request);
    }
}
