package dev.assay.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closes as Kafka Streams closes, without a deadline. */
class BoundedProducerTest {
    /** Before, it waited for ever for what it had asked the broker, and its sender did not end. */
    @Test
    @Timeout(60)
    void aProducerWhoseBrokerNeverAnswersClosesAndItsSenderEnds() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            BoundedProducer producer = new BoundedProducer(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            "127.0.0.1:" + silent.getLocalPort(),
                            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                            "t",
                            ProducerConfig.CLIENT_ID_CONFIG,
                            "bounded-producer-test",
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            100,
                            // It waits so long for an answer to what it has begun to ask, whatever the deadline.
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            200),
                    Duration.ofMillis(100));
            assertThatThrownBy(producer::initTransactions).isInstanceOf(TimeoutException.class);

            producer.close();

            assertThat(senders()).isEmpty();
        }
    }

    private static List<String> senders() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("bounded-producer-test"))
                .collect(Collectors.toList());
    }
}
