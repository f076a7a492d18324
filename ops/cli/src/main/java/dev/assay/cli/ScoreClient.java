package dev.assay.cli;

import dev.assay.schemas.UndecodableException;
import dev.assay.streams.Deployment;
import dev.assay.streams.adapt.ScoreReply;
import dev.assay.streams.adapt.ScoreReplyCodec;
import dev.assay.streams.adapt.ScoreRequest;
import dev.assay.streams.adapt.ScoreRequestCodec;
import dev.assay.streams.score.ScoreProcessor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Asks scoring workers over the request topic and waits for their answers on the reply topic. */
final class ScoreClient implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final TopicReader replies;
    private final String requestTopic;
    private final ScoreRequestCodec requests = new ScoreRequestCodec();
    private final ScoreReplyCodec codec = new ScoreReplyCodec();
    private @Nullable ScoreReply answer;

    ScoreClient(Deployment deployment) {
        producer = Clients.producer(deployment);
        replies = new TopicReader(deployment, deployment.topics().scoreReplies().name()).fromEnd();
        requestTopic = deployment.topics().scoreRequests().name();
    }

    /**
     * Asks until a worker answers from this snapshot or a newer one: workers take a new snapshot up in their own time.
     *
     * @param atLeast the snapshot's version
     * @param patience how long to go on
     * @throws TimeoutException if there is no such answer in time; says what the last one was
     */
    ScoreReply.Scored ask(ScoreRequest request, long atLeast, Duration patience) throws TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        ScoreReply last = null;
        while (System.nanoTime() < deadline) {
            last = exchange(request, deadline);
            if (last instanceof ScoreReply.Scored scored && scored.parameterVersion() >= atLeast) {
                return scored;
            }
            if (last instanceof ScoreReply.Refused refused) {
                throw new IllegalStateException("the score request was refused: " + refused.reason());
            }
        }
        throw new TimeoutException("no scoring worker answered from snapshot " + atLeast + " within "
                + patience.toSeconds() + " s; the last answer was " + last);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a request that got lost is asked again
    private @Nullable ScoreReply exchange(ScoreRequest request, long deadline) {
        byte[] correlation = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> asked = new ProducerRecord<>(
                requestTopic, request.requestId().getBytes(StandardCharsets.UTF_8), requests.encode(request));
        asked.headers().add(ScoreProcessor.CORRELATION_HEADER, correlation);
        producer.send(asked);
        producer.flush();
        answer = null;
        while (answer == null && System.nanoTime() < deadline) {
            replies.poll(reply -> take(reply, correlation));
        }
        return answer;
    }

    private void take(ConsumerRecord<byte[], byte[]> reply, byte[] correlation) {
        Header header = reply.headers().lastHeader(ScoreProcessor.CORRELATION_HEADER);
        if (header == null || !java.util.Arrays.equals(header.value(), correlation)) {
            return; // Somebody else's.
        }
        try {
            answer = (ScoreReply) codec.decode(reply.value()); // to a request, not a batch
        } catch (UndecodableException e) {
            throw new IllegalStateException("a reply cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        producer.close();
        replies.close();
    }
}
