package dev.assay.service.serve;

import dev.assay.streams.score.DecisionLog;
import dev.assay.streams.score.DecisionMaker;
import dev.assay.streams.score.Scored;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of answers over HTTP, under the first half of the request's hash.
 *
 * @param maker what of them
 * @param log where
 * @param clock when
 */
public record KeptDecisions(DecisionMaker maker, DecisionLog log, InstantSource clock) {
    private static final int ID_DIGITS = 32;

    void keep(String kind, byte[] request, Scored scored, @Nullable Integer chosen) {
        if (maker.idle()) {
            return;
        }
        String hash = DecisionMaker.hash(request);
        DecisionMaker.Origin origin =
                new DecisionMaker.Origin(hash.substring(0, ID_DIGITS), kind, hash, 0, clock.instant());
        maker.decision(origin, scored, chosen).ifPresent(log::keep);
    }
}
