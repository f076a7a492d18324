package dev.assay.streams.features.embed;

import dev.assay.streams.features.embed.EmbeddingFailure.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again where that may help: after 0.1, 0.2, 0.4 … s, at most 5 s, or as long as the server asks for.
 *
 * <p>Whoever waits here holds up a stream thread, and with it the rounds of a rerun. So there is a bound on the whole, and a
 * server that used up somebody's patience counts as down for a while: others fail at once rather than each wait in turn.
 */
public final class PatientEmbedder implements Embedder {
    /** Longest time from the first to the last try of one request. */
    static final Duration LONGEST = Duration.ofSeconds(30);
    /** How long a server that is down is left alone. */
    static final Duration DOWN = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(PatientEmbedder.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final Embedder server;
    private final int retries;
    private final Wait wait;
    private final EmbeddingCounts counts;
    private final AtomicReference<Instant> downUntil = new AtomicReference<>(Instant.MIN);

    /**
     * @param server asked
     * @param retries tries after the first, at least 0
     * @param wait time
     * @param counts what happens
     */
    public PatientEmbedder(Embedder server, int retries, Wait wait, EmbeddingCounts counts) {
        this.server = server;
        this.retries = retries;
        this.wait = wait;
        this.counts = counts;
    }

    @Override
    public List<float[]> embed(List<String> texts) throws EmbeddingFailure, InterruptedException {
        Instant begin = wait.now();
        if (begin.isBefore(downUntil.get())) {
            throw EmbeddingFailure.none("the server did not answer just now; it is asked again in at most " + DOWN);
        }
        for (int failed = 0; ; failed++) {
            try {
                List<float[]> embeddings = asked(texts);
                downUntil.set(Instant.MIN);
                return embeddings;
            } catch (EmbeddingFailure failure) {
                if (failure.remedy() != Remedy.LATER) {
                    throw failure;
                }
                Duration pause = pause(failed, failure);
                if (failed >= retries || wait.now().plus(pause).isAfter(begin.plus(LONGEST))) {
                    throw givenUp(failure, failed + 1);
                }
                counts.retried();
                wait.pause(pause);
            }
        }
    }

    private List<float[]> asked(List<String> texts) throws EmbeddingFailure, InterruptedException {
        counts.asked(texts.size());
        return server.embed(texts);
    }

    private EmbeddingFailure givenUp(EmbeddingFailure failure, int tries) {
        downUntil.set(wait.now().plus(DOWN));
        LOG.atWarn()
                .addKeyValue("tries", tries)
                .addKeyValue("reason", failure.getMessage())
                .log("embedding server does not answer, texts are refused for a while");
        return EmbeddingFailure.none(failure.getMessage() + ", after " + tries + " tries");
    }

    private static Duration pause(int failed, EmbeddingFailure failure) {
        Duration own = Duration.ofMillis(Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failed, 10)));
        Duration asked = failure.retryAfter();
        return asked == null || asked.compareTo(own) < 0 ? own : asked;
    }
}
