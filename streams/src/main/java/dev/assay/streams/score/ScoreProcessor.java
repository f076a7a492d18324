package dev.assay.streams.score;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.model.Decision;
import dev.assay.streams.model.ScoreAnswer;
import dev.assay.streams.model.ScoreBatch;
import dev.assay.streams.model.ScoreBatchReply;
import dev.assay.streams.model.ScoreMessage;
import dev.assay.streams.model.ScoreReply;
import dev.assay.streams.model.ScoreRequest;
import dev.assay.streams.score.ReplyTopics.Destination;
import dev.assay.streams.wire.ScoreReplyCodec;
import dev.assay.streams.wire.ScoreRequestCodec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Answers each record from the newest snapshot, and from one only. Whatever a record holds it is answered once: with scores, or
 * with why there are none. consumed = answered; a record that nobody could be told of is not read again but lost.
 */
public final class ScoreProcessor extends ContextualProcessor<byte[], byte[], byte[], Object> {
    /** Header of a request that comes back unchanged in the reply. */
    public static final String CORRELATION_HEADER = "assay.correlation-id";
    /** Header of a request: milliseconds since 1970 as decimal text, after which nobody waits for the reply. */
    public static final String DEADLINE_HEADER = "assay.deadline";

    /** What decisions of requests on the topic are said to come from. */
    public static final String KIND = "kafka";

    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,18}");
    /** What a record has besides key, value and correlation id; rather too much. */
    private static final int FRAME_BYTES = 256;

    private final Sinks sinks;
    private final NewestModel newest;
    private final ScoreAnswers answers;
    private final ReplyTopics topics;
    private final DecisionMaker decisions;
    private final Counter scored;
    private final Counter unscored;
    private final Counter expired;
    private final Counter misdirected;
    private final ScoreRequestCodec requests;
    private final ScoreReplyCodec replies;

    /**
     * Names of the nodes this one forwards to.
     *
     * @param replies of {@link Reply}
     * @param decisions of {@link Decision}
     */
    public record Sinks(String replies, String decisions) {}

    /**
     * A reply on its way.
     *
     * @param topic where to
     * @param bytes encoded: its size was weighed
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Reply(String topic, byte[] bytes) {}

    /**
     * @param sinks forwarded to
     * @param newest answered from
     * @param scorer scores
     * @param topics where replies may go
     * @param decisions what is kept of answers
     * @param wire of requests and replies
     * @param meters counts
     */
    public ScoreProcessor(
            Sinks sinks,
            NewestModel newest,
            Scorer scorer,
            ReplyTopics topics,
            DecisionMaker decisions,
            WireFormat wire,
            MeterRegistry meters) {
        requests = new ScoreRequestCodec(wire);
        replies = new ScoreReplyCodec(wire);
        this.sinks = sinks;
        this.newest = newest;
        answers = new ScoreAnswers(scorer);
        this.topics = topics;
        this.decisions = decisions;
        scored = meters.counter("score.requests.scored");
        unscored = meters.counter("score.requests.unscored");
        expired = meters.counter("score.requests.expired");
        misdirected = meters.counter("score.replies.misdirected");
    }

    @Override
    public void process(Record<byte[], byte[]> asked) {
        Destination destination = topics.find(asked.headers().lastHeader(ReplyTopics.HEADER));
        Destination.Usable to = topics.standard();
        ScoreAnswer answer;
        if (destination instanceof Destination.Usable usable) {
            to = usable;
            answer = answer(asked);
        } else {
            misdirected.increment();
            answer = refusal(asked.value(), ((Destination.Unusable) destination).reason());
        }
        count(answer);
        reply(asked, to, answer);
    }

    private void reply(Record<byte[], byte[]> asked, Destination.Usable to, ScoreAnswer answer) {
        RecordHeaders headers = new RecordHeaders();
        Header correlation = asked.headers().lastHeader(CORRELATION_HEADER);
        if (correlation != null) {
            headers.add(correlation);
        }
        byte[] bytes = replies.encode(answer);
        int around = FRAME_BYTES
                + (asked.key() == null ? 0 : asked.key().length)
                + (correlation == null || correlation.value() == null ? 0 : correlation.value().length);
        if (bytes.length + around > to.maxBytes()) {
            String reason = "the reply must have at most " + (to.maxBytes() - around) + " bytes to fit topic "
                    + to.topic() + ", had " + bytes.length + ": ask for fewer candidates";
            bytes = replies.encode(refusal(asked.value(), reason));
        }
        context()
                .forward(
                        new Record<>(
                                asked.key(),
                                new Reply(to.topic(), bytes),
                                context().currentSystemTimeMs(),
                                headers),
                        sinks.replies());
    }

    private ScoreAnswer answer(Record<byte[], byte[]> asked) {
        byte[] value = asked.value();
        if (value == null) {
            return new ScoreReply.Refused("", "the request has no value");
        }
        ScoreMessage message;
        try {
            message = requests.decode(value);
        } catch (UndecodableException e) {
            return new ScoreReply.Refused("", String.valueOf(e.getMessage()));
        }
        Header deadline = asked.headers().lastHeader(DEADLINE_HEADER);
        return deadline == null ? answer(message, value) : answerInTime(message, value, deadline);
    }

    private ScoreAnswer answerInTime(ScoreMessage message, byte[] value, Header deadline) {
        String id = ScoreAnswers.shown(message.id());
        byte[] bytes = deadline.value();
        String text = bytes == null || bytes.length > 18 ? "" : new String(bytes, StandardCharsets.UTF_8);
        if (!MILLIS.matcher(text).matches()) {
            return new ScoreReply.Refused(
                    id,
                    "header " + DEADLINE_HEADER + " must be milliseconds since 1970 in 1 to 18 decimal digits, was "
                            + (bytes == null ? 0 : bytes.length) + " other bytes");
        }
        long now = context().currentSystemTimeMs();
        if (now > Long.parseLong(text)) {
            return new ScoreReply.Expired(id, "header " + DEADLINE_HEADER + " was " + text + ", read at " + now);
        }
        return answer(message, value);
    }

    private ScoreAnswer answer(ScoreMessage message, byte[] value) {
        String hash = decisions.idle() ? "" : DecisionMaker.hash(value);
        ScoringModel model = newest.get().orElse(null); // once, so that a batch has one
        if (message instanceof ScoreRequest request) {
            return reply(request, model, hash, 0);
        }
        ScoreBatch batch = (ScoreBatch) message;
        Optional<String> refusal = answers.refusal(batch);
        if (refusal.isPresent()) {
            return new ScoreReply.Refused(ScoreAnswers.shown(batch.batchId()), refusal.get());
        }
        List<ScoreReply> replied = new ArrayList<>(batch.requests().size());
        for (ScoreRequest request : batch.requests()) {
            replied.add(reply(request, model, hash, replied.size()));
        }
        return new ScoreBatchReply(batch.batchId(), replied);
    }

    private ScoreReply reply(ScoreRequest request, @Nullable ScoringModel model, String hash, int position) {
        ScoreAnswers.Answered answer = answers.answer(request, model);
        Scored basis = answer.basis();
        if (basis != null && !decisions.idle()) {
            Instant now = Instant.ofEpochMilli(context().currentSystemTimeMs());
            decisions
                    .decision(
                            new DecisionMaker.Origin(request.requestId(), KIND, hash, position, now),
                            basis,
                            basis.pessimistic())
                    .ifPresent(this::keep);
        }
        return answer.reply();
    }

    private void keep(Decision decision) {
        context()
                .forward(
                        new Record<>(
                                decision.requestId().getBytes(StandardCharsets.UTF_8),
                                decision,
                                decision.time().toEpochMilli()),
                        sinks.decisions());
    }

    /** What was asked for is not looked at again; only who asked. */
    private ScoreReply refusal(byte @Nullable [] value, String reason) {
        try {
            return new ScoreReply.Refused(
                    value == null
                            ? ""
                            : ScoreAnswers.shown(requests.decode(value).id()),
                    reason);
        } catch (UndecodableException e) {
            return new ScoreReply.Refused("", reason);
        }
    }

    private void count(ScoreAnswer answer) {
        List<ScoreReply> each =
                answer instanceof ScoreBatchReply batch ? batch.replies() : List.of((ScoreReply) answer);
        for (ScoreReply reply : each) {
            (reply instanceof ScoreReply.Scored ? scored : unscored).increment();
            if (reply instanceof ScoreReply.Expired) {
                expired.increment();
            }
        }
    }
}
