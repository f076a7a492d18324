package dev.assay.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderedSendingTest {
    private static final int TURNS = 2_000; // after which all that was held back has been let go, but for luck of 1e-26

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final List<String> acknowledged = new ArrayList<>();
    private final OrderedSending sending = new OrderedSending(producer, new SplittableRandom(1));

    @AfterEach
    void close() {
        sending.close();
    }

    @Test
    void theNextVersionOfAKeyWaitsForTheAcknowledgementOfTheOneBefore() {
        send("a", version(1));
        send("a", version(2));
        turns();
        assertThat(sent()).containsExactly("1");
        producer.completeNext();
        turns();
        assertThat(sent()).containsExactly("1", "2");
    }

    @Test
    void aRecordThatWasNotAcknowledgedIsSentAgainBeforeTheNextVersion() {
        send("a", version(1));
        send("a", version(2));
        turns();
        producer.errorNext(new TimeoutException("the broker is away"));
        turns();
        producer.completeNext();
        turns();
        assertThat(sent()).containsExactly("1", "1", "2");
        assertThat(sending.sentAgain()).isEqualTo(1);
        assertThat(acknowledged).containsExactly("a of 2");
    }

    @Test
    void recordsOfDifferentKeysOvertakeEachOther() {
        for (int key = 0; key < 200; key++) {
            send(key, version(key));
        }
        turns();
        assertThat(sent())
                .hasSize(200)
                .isNotEqualTo(
                        sent().stream().sorted(OrderedSendingTest::byNumber).toList());
    }

    private static int byNumber(String a, String b) {
        return Integer.compare(Integer.parseInt(a), Integer.parseInt(b));
    }

    private void send(Object key, ProducerRecord<byte[], byte[]> record) {
        sending.send(key, record, (where, sends) -> acknowledged.add(key + " of " + sends));
    }

    private void turns() {
        for (int turn = 0; turn < TURNS; turn++) {
            sending.turn();
        }
    }

    private List<String> sent() {
        return producer.history().stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static ProducerRecord<byte[], byte[]> version(int number) {
        return new ProducerRecord<>("topic", Integer.toString(number).getBytes(StandardCharsets.UTF_8));
    }
}
