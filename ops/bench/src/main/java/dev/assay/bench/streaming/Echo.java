package dev.assay.bench.streaming;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** One end of a round trip: passes each record on from one topic to another, as {@link EchoMode} says. */
final class Echo implements AutoCloseable {
    private static final int COMMIT_INTERVAL_MILLIS = 100;
    private static final int RECORD_BYTES = 1 << 20;

    private final KafkaStreams streams;

    /** @param passOn is asked of every record whether it goes on */
    Echo(String bootstrapServers, Path work, EchoMode mode, String from, String to, Predicate<byte[]> passOn) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, from + "-echo");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, work.resolve(from).toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, mode.guarantee);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MILLIS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), RECORD_BYTES);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        Topology topology = new Topology();
        topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), from);
        topology.addProcessor("echo", () -> new PassOn(mode.commit, passOn), "in");
        topology.addSink("out", to, new ByteArraySerializer(), new ByteArraySerializer(), "echo");
        streams = new KafkaStreams(topology, settings);
        streams.start();
    }

    /** The far end, in a process of its own, until it is killed. */
    public static void main(String[] args) throws InterruptedException {
        try (Echo echo =
                new Echo(args[0], Path.of(args[1]), EchoMode.valueOf(args[2]), args[3], args[4], value -> true)) {
            Waiting.until("the far end runs", echo::running);
            System.out.println("echoing");
            new CountDownLatch(1).await();
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean running() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    @Override
    public void close() {
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(Duration.ofSeconds(30)));
    }

    private static final class PassOn extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        private final boolean commit;
        private final Predicate<byte[]> passOn;

        PassOn(boolean commit, Predicate<byte[]> passOn) {
            this.commit = commit;
            this.passOn = passOn;
        }

        @Override
        public void process(Record<byte[], byte[]> received) {
            if (passOn.test(received.value())) {
                context().forward(received);
            }
            if (commit) {
                context().commit();
            }
        }
    }
}
