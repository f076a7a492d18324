package dev.assay.streams.features.embed;

import dev.assay.streams.features.embed.EmbeddingFailure.Remedy;
import dev.assay.streams.patience.Patience;
import dev.assay.streams.patience.Tries;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again where that may help, as {@link Tries} has it.
 *
 * <p>Whoever waits here holds up a stream thread, and with it the rounds of a rerun. So there is a bound on the whole, and a
 * server that used up somebody's patience counts as down for a while: others fail at once rather than each wait in turn.
 */
public final class PatientEmbedder implements Embedder {
    /** How long a server that is down is left alone. */
    static final Duration DOWN = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(PatientEmbedder.class);

    private final Embedder server;
    private final int retries;
    private final Patience patience;
    private final EmbeddingCounts counts;
    private final AtomicReference<@Nullable Long> downSinceNanos = new AtomicReference<>();

    /**
     * @param server asked
     * @param retries tries after the first, at least 0
     * @param patience time
     * @param counts what happens
     */
    public PatientEmbedder(Embedder server, int retries, Patience patience, EmbeddingCounts counts) {
        this.server = server;
        this.retries = retries;
        this.patience = patience;
        this.counts = counts;
    }

    @Override
    public List<float[]> embed(List<String> texts) throws EmbeddingFailure, InterruptedException {
        Long down = downSinceNanos.get();
        if (down != null && patience.nanos() - down < DOWN.toNanos()) {
            throw EmbeddingFailure.none("the server did not answer just now; it is asked again in at most " + DOWN);
        }
        Tries tries = new Tries(patience, Tries.LONGEST, retries + 1);
        while (true) {
            try {
                List<float[]> embeddings = asked(texts);
                downSinceNanos.set(null);
                return embeddings;
            } catch (EmbeddingFailure failure) {
                if (failure.remedy() != Remedy.LATER) {
                    throw failure;
                }
                Duration wished = failure.retryAfter();
                if (!tries.again(wished == null ? Duration.ZERO : wished)) {
                    throw givenUp(failure, tries.made());
                }
                counts.retried();
            }
        }
    }

    private List<float[]> asked(List<String> texts) throws EmbeddingFailure, InterruptedException {
        counts.asked(texts.size());
        return server.embed(texts);
    }

    private EmbeddingFailure givenUp(EmbeddingFailure failure, int tries) {
        downSinceNanos.set(patience.nanos());
        LOG.atWarn()
                .addKeyValue("tries", tries)
                .addKeyValue("reason", failure.getMessage())
                .log("embedding server does not answer, texts are refused for a while");
        return EmbeddingFailure.none(failure.getMessage() + ", after " + tries + " tries");
    }
}
