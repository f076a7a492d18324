package dev.assay.streams.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.selection.Centring;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.model.Decision;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ProducerDecisionLogTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void whatIsKeptIsSentWithItsTimeByTheRequestsId() {
        MockProducer<byte[], byte[]> producer = producer(new CountDownLatch(0));
        try (ProducerDecisionLog log =
                new ProducerDecisionLog(producer, "decisions", WireFormat.SINGLE_OBJECT, meters)) {
            log.keep(decision("r1", 10));
        }
        assertThat(producer.history()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("decisions");
            assertThat(record.key()).asString().isEqualTo("r1");
            assertThat(record.timestamp()).isEqualTo(5);
        });
        assertThat(meters.counter("score.decisions.sent").count()).isEqualTo(1);
    }

    @Test
    void aBrokerThatIsAwayHoldsNobodyUpAndIsCounted() {
        CountDownLatch back = new CountDownLatch(1);
        MockProducer<byte[], byte[]> producer = producer(back);
        try (ProducerDecisionLog log =
                new ProducerDecisionLog(producer, "decisions", WireFormat.SINGLE_OBJECT, meters)) {
            for (int i = 0; i < 100; i++) {
                log.keep(decision("r" + i, 1 << 20)); // a megabyte of numbers times four
            }
            assertThat(meters.counter("score.decisions.dropped").count()).isEqualTo(100);
            for (int i = 0; i < 100; i++) {
                log.keep(decision("r" + i, 1 << 15)); // room for 31 of a megabyte and a little
            }
            assertThat(meters.counter("score.decisions.dropped").count()).isEqualTo(169);
            back.countDown();
        }
        assertThat(producer.history()).hasSize(31);
        assertThat(meters.counter("score.decisions.sent").count()).isEqualTo(31);
    }

    @Test
    void afterTheEndWhatComesIsDropped() {
        ProducerDecisionLog log =
                new ProducerDecisionLog(producer(new CountDownLatch(0)), "decisions", WireFormat.SINGLE_OBJECT, meters);
        log.close();
        log.keep(decision("r1", 1));
        assertThat(meters.counter("score.decisions.dropped").count()).isEqualTo(1);
    }

    private static MockProducer<byte[], byte[]> producer(CountDownLatch gate) {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return super.send(record, callback);
            }
        };
    }

    private static Decision decision(String id, int candidates) {
        double[] numbers = new double[candidates];
        return new Decision(
                new Decision.Origin(id, "/v1/score", "00", 0, Instant.ofEpochMilli(5)),
                new Decision.Basis(1, "space", CovarianceKind.MODEL, Centring.FEATURE_SPACE, 0.95, 2),
                null,
                new Decision.Intervals(numbers, numbers, numbers, numbers),
                null,
                "runtime");
    }
}
