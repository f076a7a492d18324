package dev.assay.service.topics;

import dev.assay.schemas.UndecodableException;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ScoreAnswer;
import dev.assay.streams.model.ScoreMessage;
import dev.assay.streams.model.ScoreReply;
import dev.assay.streams.model.ScoreRequest;
import dev.assay.streams.score.ScoreProcessor;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.ScoreReplyCodec;
import dev.assay.streams.wire.ScoreRequestCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Asks scoring workers over the request topic and waits for their answers on the reply topic. */
public final class ScoreClient implements AutoCloseable {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

    private final KafkaProducer<byte[], byte[]> producer;
    private final TopicTail replies;
    private final String requestTopic;
    private final ScoreRequestCodec requests;
    private final ScoreReplyCodec codec;
    private @Nullable ScoreAnswer answer;

    /** Hears what goes to the common topic of replies. */
    public ScoreClient(Deployment deployment) {
        this(deployment, deployment.topics().scoreReplies().name());
    }

    /** @param heard the topic to hear replies on; requests name it only where their headers do */
    public ScoreClient(Deployment deployment, String heard) {
        requests = new ScoreRequestCodec(deployment.wire());
        codec = new ScoreReplyCodec(deployment.wire());
        producer = Clients.producer(deployment);
        replies = Clients.tail(deployment, heard).fromEnd();
        requestTopic = deployment.topics().scoreRequests().name();
    }

    /**
     * Asks until a worker answers from this snapshot or a newer one: workers take a new snapshot up in their own time.
     *
     * @param atLeast the snapshot's version
     * @param patience how long to go on
     * @throws TimeoutException if there is no such answer in time; says what the last one was
     */
    public ScoreReply.Scored ask(ScoreRequest request, long atLeast, Duration patience) throws TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        ScoreReply last = null;
        while (System.nanoTime() < deadline) {
            // Workers read what comes after they have joined: what came before is asked again.
            long again = Math.min(deadline, System.nanoTime() + ASK_AGAIN.toNanos());
            last = (ScoreReply) exchange(request, Map.of(), again); // to a request, not a batch
            if (last instanceof ScoreReply.Scored scored && scored.basis().parameterVersion() >= atLeast) {
                return scored;
            }
            if (last instanceof ScoreReply.Refused refused) {
                throw new IllegalStateException("the score request was refused: " + refused.reason());
            }
        }
        throw new TimeoutException("no scoring worker answered from snapshot " + atLeast + " within "
                + patience.toSeconds() + " s; the last answer was " + last);
    }

    /**
     * Asks once, whatever the answer.
     *
     * @param headers besides the correlation id, for example the topic of the reply, in UTF-8
     * @return null if nothing came in time
     */
    @Nullable
    public ScoreAnswer exchange(ScoreMessage message, Map<String, String> headers, Duration patience) {
        return exchange(message, headers, System.nanoTime() + patience.toNanos());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a request that got lost is asked again
    private @Nullable ScoreAnswer exchange(ScoreMessage message, Map<String, String> headers, long deadline) {
        byte[] correlation = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> asked = new ProducerRecord<>(
                requestTopic, message.id().getBytes(StandardCharsets.UTF_8), requests.encode(message));
        asked.headers().add(ScoreProcessor.CORRELATION_HEADER, correlation);
        headers.forEach((name, text) -> asked.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        producer.send(asked);
        producer.flush();
        answer = null;
        while (answer == null && System.nanoTime() < deadline) {
            replies.poll().forEach(reply -> take(reply, correlation));
        }
        return answer;
    }

    private void take(ConsumerRecord<byte[], byte[]> reply, byte[] correlation) {
        Header header = reply.headers().lastHeader(ScoreProcessor.CORRELATION_HEADER);
        if (header == null || !java.util.Arrays.equals(header.value(), correlation)) {
            return; // Somebody else's.
        }
        try {
            answer = codec.decode(reply.value());
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
