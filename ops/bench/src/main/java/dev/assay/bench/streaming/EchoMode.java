package dev.assay.bench.streaming;

import java.util.Locale;
import org.apache.kafka.streams.StreamsConfig;

/** The ways to guarantee delivery between which an ADR is to choose. */
enum EchoMode {
    AT_LEAST_ONCE(StreamsConfig.AT_LEAST_ONCE, false),
    EXACTLY_ONCE_COMMIT(StreamsConfig.EXACTLY_ONCE_V2, true),
    EXACTLY_ONCE_INTERVAL(StreamsConfig.EXACTLY_ONCE_V2, false);

    final String guarantee;
    /** Whether a processor asks for a commit after each record, rather than awaiting the interval of 100 ms. */
    final boolean commit;

    EchoMode(String guarantee, boolean commit) {
        this.guarantee = guarantee;
        this.commit = commit;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
