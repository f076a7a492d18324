package dev.assay.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.streams.watch.Leftovers;
import dev.assay.streams.watch.ReadAgain;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessSlotTest {
    @TempDir
    Path slots;

    @Test
    void aSuccessorTakesUpTheIdentityOfOneThatWasKilled() throws IOException {
        ProcessSlot killed = ProcessSlot.claim(slots);
        killed.release(); // all that the end of a process does
        try (ProcessSlot successor = ProcessSlot.claim(slots)) {
            assertThat(successor.identity()).isEqualTo(killed.identity());
        }
    }

    @Test
    void theLivingNeverShareAnIdentity() {
        try (ProcessSlot one = ProcessSlot.claim(slots);
                ProcessSlot other = ProcessSlot.claim(slots)) {
            assertThat(other.identity()).isNotEqualTo(one.identity());
            assertThat(other.folder()).isNotEqualTo(one.folder());
        }
    }

    @Test
    void whoEndsInOrderLeavesNothing() {
        ProcessSlot.claim(slots).close();
        assertThat(slots).isEmptyDirectory();
    }

    @Test
    void transactionsAreNamedBySlotAndThread() {
        NamedTransactions clients = new NamedTransactions(
                "group-identity",
                new ReadAgain("judgments"),
                () -> new Backpressure("judgments", "comparisons"),
                new Leftovers(() -> Admin.create(Map.of()), List.of(), new SimpleMeterRegistry()));
        Map<String, Object> streams = Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "application-8f0c-17b2-3");
        assertThat(clients.named(streams)).containsEntry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "group-identity-3");
        assertThat(clients.named(Map.of())).isEmpty();
    }
}
