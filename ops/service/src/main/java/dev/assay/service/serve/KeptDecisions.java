package dev.assay.service.serve;

import dev.assay.estimator.selection.Candidate;
import dev.assay.streams.score.DecisionLog;
import dev.assay.streams.score.DecisionMaker;
import dev.assay.streams.score.FeatureRows;
import dev.assay.streams.score.Scoring;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept of answers over HTTP, under the first half of the request's hash. */
public final class KeptDecisions {
    private static final int ID_DIGITS = 32;

    private final DecisionMaker maker;
    private final DecisionLog log;
    private final InstantSource clock;

    /**
     * @param maker what of them
     * @param log where
     * @param clock when
     */
    public KeptDecisions(DecisionMaker maker, DecisionLog log, InstantSource clock) {
        this.maker = maker;
        this.log = log;
        this.clock = clock;
    }

    void keep(
            String kind,
            byte[] request,
            Scoring scoring,
            FeatureRows features,
            List<Candidate> candidates,
            @Nullable Integer chosen) {
        if (maker.idle()) {
            return;
        }
        String hash = DecisionMaker.hash(request);
        DecisionMaker.Origin origin =
                new DecisionMaker.Origin(hash.substring(0, ID_DIGITS), kind, hash, 0, clock.instant());
        maker.decision(origin, scoring, features, candidates, chosen).ifPresent(log::keep);
    }
}
