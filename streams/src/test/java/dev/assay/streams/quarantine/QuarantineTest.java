package dev.assay.streams.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.schemas.Topics;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.wire.Codec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A flood of garbage is kept and counted whole, and told in few events. Issue 17. */
class QuarantineTest {
    private static final Topics TOPICS = new Topics("t.");
    private static final int RECORDS = 10_000;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<ProducerRecord<byte[], byte[]>> aside = new ArrayList<>();
    private final List<Event> told = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-31T13:23:06Z");
    private Quarantine quarantine = quarantine();

    @Test
    void aFloodIsToldInFewEventsOfWhichTheFirstComesAtOnce() {
        flood(1, Duration.ZERO);
        assertThat(told).hasSize(1);

        flood(RECORDS, Duration.ofNanos(100_000));

        assertThat(told).hasSizeLessThan(20);
        assertThat(recordsTold()).isGreaterThan(RECORDS / 2);
        assertThat(aside).as("every one is kept").hasSize(RECORDS + 1);
        assertThat(meters.counter("quarantine.records.kept", "topic", "t.judgments")
                        .count())
                .isEqualTo(RECORDS + 1);
    }

    @Test
    void theFirstRecordAfterAFloodTellsTheRest() {
        flood(RECORDS, Duration.ZERO);
        now = now.plus(Duration.ofMinutes(1));

        flood(1, Duration.ZERO);

        assertThat(recordsTold()).isEqualTo(RECORDS + 1);
    }

    @Test
    void aFloodThatGoesOnIsToldAtMostOnceAMinute() {
        flood(RECORDS, Duration.ofSeconds(1));

        int minutes = RECORDS / 60;
        assertThat(told).hasSizeBetween(minutes, minutes + 10);
        assertThat(recordsTold()).isBetween(RECORDS - 60L, (long) RECORDS);
    }

    @Test
    void anotherReasonIsToldAtOnce() {
        flood(RECORDS, Duration.ZERO);
        int before = told.size();

        putAside(0, QuarantineReason.KEY);

        assertThat(told).hasSize(before + 1);
    }

    @Test
    void aRecordWhoseTransactionWasGivenUpIsToldAgain() {
        putAside(7, QuarantineReason.UNDECODABLE);

        putAside(7, QuarantineReason.UNDECODABLE);

        assertThat(told).extracting(Event::getEventId).hasSize(2).containsOnly("quarantined-t.judgments/0/7");
    }

    @Test
    void afterARestartTheFirstIsToldAtOnce() {
        flood(3, Duration.ZERO);
        int before = told.size();

        quarantine = quarantine();
        flood(1, Duration.ZERO);

        assertThat(told).hasSize(before + 1);
    }

    @Test
    void aClockThatIsSetBackSilencesNobody() {
        flood(RECORDS, Duration.ZERO);
        int before = told.size();
        now = now.minus(Duration.ofDays(1));

        flood(1, Duration.ZERO);

        assertThat(told).hasSize(before + 1);
    }

    private Quarantine quarantine() {
        return new Quarantine(TOPICS, "m", 8, WireFormat.SINGLE_OBJECT, meters, () -> now);
    }

    private void flood(int records, Duration apart) {
        for (int i = 0; i < records; i++) {
            putAside(aside.size(), QuarantineReason.UNDECODABLE);
            now = now.plus(apart);
        }
    }

    private void putAside(long offset, QuarantineReason reason) {
        List<ProducerRecord<byte[], byte[]>> made = quarantine.records(
                new ConsumerRecord<>("t.judgments", 0, offset, new byte[] {1}, new byte[] {2}), reason, "why");
        aside.add(made.get(0));
        made.stream().skip(1).map(QuarantineTest::event).forEach(told::add);
    }

    private long recordsTold() {
        return told.stream()
                .mapToLong(event -> Long.parseLong(event.getFacts().get("records")))
                .sum();
    }

    private static Event event(ProducerRecord<byte[], byte[]> record) {
        try {
            return Codec.events(WireFormat.SINGLE_OBJECT).decode(record.value());
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }
}
