package dev.assay.streams.wire;

import dev.assay.estimator.algebra.Require;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.model.ErasureState;
import dev.assay.streams.model.EventType;
import org.apache.avro.specific.SpecificRecord;

/**
 * A value to bytes and back. Not Kafka's {@code Serde}: bytes from a topic may be anything, and then the caller, not a
 * framework handler, decides what becomes of them. Where a record means nothing that its schema does not say, the generated
 * record is the value, and its codec stands here; the others have a {@link RecordCodec}.
 *
 * @param <T> the value
 */
public interface Codec<T> {
    /** Equal keys make equal bytes, so these are Avro single objects everywhere. */
    Codec<ComparisonKey> COMPARISON_KEYS = of(WireFormat.SINGLE_OBJECT, ComparisonKey.class);

    /** @return the bytes, framed as the topic's wire format says */
    byte[] encode(T value);

    /** @throws UndecodableException if the bytes are no such value; the message says why */
    T decode(byte[] bytes) throws UndecodableException;

    /** @param wire the deployment's, for bytes of its topics */
    static Codec<Event> events(WireFormat wire) {
        return itself(wire, Event.class, EventType::of);
    }

    /** @param wire the deployment's, for bytes of its topics */
    static Codec<Erasure> erasures(WireFormat wire) {
        return itself(wire, Erasure.class, erasure -> {
            ErasureState.of(erasure);
            Require.that(
                    erasure.getJudgments() >= 0 && erasure.getTombstones() >= 0 && erasure.getVersionBefore() >= 0,
                    "judgments, tombstones and versionBefore must be at least 0, were %s, %s and %s",
                    erasure.getJudgments(),
                    erasure.getTombstones(),
                    erasure.getVersionBefore());
        });
    }

    /**
     * Of a record of which nothing is to be checked that its schema does not say.
     *
     * @param wire the deployment's, for bytes of its topics
     */
    static <A extends SpecificRecord> Codec<A> of(WireFormat wire, Class<A> type) {
        return itself(wire, type, record -> {});
    }

    private static <A extends SpecificRecord> Codec<A> itself(WireFormat wire, Class<A> type, Checks<A> checks) {
        return new RecordCodec<>(wire, type, record -> record, record -> {
            checks.check(record);
            return record;
        });
    }

    /** What a schema cannot say. */
    interface Checks<A> {
        /** @throws IllegalArgumentException naming what is wrong */
        void check(A avro);
    }
}
