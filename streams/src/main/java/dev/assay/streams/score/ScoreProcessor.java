package dev.assay.streams.score;

import dev.assay.schemas.UndecodableException;
import dev.assay.streams.adapt.ParameterSnapshot;
import dev.assay.streams.adapt.ScoreAnswer;
import dev.assay.streams.adapt.ScoreMessage;
import dev.assay.streams.adapt.ScoreReply;
import dev.assay.streams.adapt.ScoreRequest;
import dev.assay.streams.adapt.ScoreRequestCodec;
import dev.assay.streams.adapt.SnapshotCodec;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Answers each request from the newest snapshot; one request is answered from one snapshot. */
public final class ScoreProcessor extends ContextualProcessor<byte[], byte[], byte[], ScoreAnswer> {
    /** Header of a request that comes back unchanged in the reply. */
    public static final String CORRELATION_HEADER = "assay.correlation-id";

    private final String model;
    private final String storeName;
    private final Scorer scorer;
    private final MeterRegistry meters;
    private final ScoreRequestCodec requests = new ScoreRequestCodec();
    private final SnapshotCodec snapshots = new SnapshotCodec();
    private byte @Nullable [] newestBytes;
    private @Nullable ScoringModel newest;

    /**
     * @param model name of the deployment
     * @param storeName the newest snapshots, by model
     * @param scorer scores
     * @param meters counts
     */
    public ScoreProcessor(String model, String storeName, Scorer scorer, MeterRegistry meters) {
        this.model = model;
        this.storeName = storeName;
        this.scorer = scorer;
        this.meters = meters;
    }

    @Override
    public void process(Record<byte[], byte[]> asked) {
        ScoreReply reply = answer(asked.value());
        meters.counter("score.requests." + (reply instanceof ScoreReply.Scored ? "scored" : "unscored"))
                .increment();
        RecordHeaders headers = new RecordHeaders();
        Header correlation = asked.headers().lastHeader(CORRELATION_HEADER);
        if (correlation != null) {
            headers.add(correlation);
        }
        context().forward(new Record<>(asked.key(), reply, context().currentSystemTimeMs(), headers));
    }

    private ScoreReply answer(byte @Nullable [] request) {
        if (request == null) {
            return new ScoreReply.Refused("", "the request has no value");
        }
        try {
            ScoreMessage message = requests.decode(request);
            return message instanceof ScoreRequest one
                    ? scorer.score(one, newestModel())
                    : new ScoreReply.Refused(message.id(), "batches are not answered yet");
        } catch (UndecodableException e) {
            return new ScoreReply.Refused("", String.valueOf(e.getMessage()));
        }
    }

    /** Decoding and inverting the information once per snapshot, not per request. */
    private @Nullable ScoringModel newestModel() {
        KeyValueStore<String, byte[]> store = context().getStateStore(storeName);
        byte[] bytes = store.get(model);
        if (bytes != null && bytes != newestBytes) {
            newestBytes = bytes;
            newest = prepared(bytes);
        }
        return newest;
    }

    private @Nullable ScoringModel prepared(byte[] bytes) {
        try {
            ParameterSnapshot snapshot = snapshots.decode(bytes);
            return ScoringModel.of(snapshot);
        } catch (UndecodableException e) {
            meters.counter("score.snapshots.undecodable").increment();
            return newest; // The one before still answers.
        }
    }
}
