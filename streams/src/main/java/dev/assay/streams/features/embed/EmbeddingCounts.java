package dev.assay.streams.features.embed;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** What an embedding server was asked, counted. */
public final class EmbeddingCounts {
    private final LongAdder requests = new LongAdder();
    private final LongAdder texts = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder failures = new LongAdder();

    void asked(int count) {
        requests.increment();
        texts.add(count);
    }

    void retried() {
        retries.increment();
    }

    void failed(int count) {
        failures.add(count);
    }

    /** @return requests sent, those sent again included */
    public long requests() {
        return requests.sum();
    }

    /** @return texts in them */
    public long texts() {
        return texts.sum();
    }

    /** Shows the counts; the names begin with {@code admit.embeddings.}. */
    public void bindTo(MeterRegistry meters) {
        bind(meters, "requests", requests);
        bind(meters, "texts", texts);
        bind(meters, "retries", retries);
        bind(meters, "failures", failures);
    }

    private static void bind(MeterRegistry meters, String name, LongAdder count) {
        FunctionCounter.builder("admit.embeddings." + name, count, LongAdder::sum)
                .register(meters);
    }
}
