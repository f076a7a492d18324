package dev.assay.streams.descend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.Method;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.EventType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class CoordinatorProcessorTest {
    private static final String MEMORY = "memory";

    @Test
    void aMemoryThatCannotBeReadIsToldAndItsErasuresAreFoundAgain() {
        // Given
        MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
        context.setCurrentSystemTimeMs(1_000);
        KeyValueStore<String, byte[]> memory = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(MEMORY), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        memory.init(context.getStateStoreContext(), memory);
        memory.put("coordination", "of another build".getBytes(StandardCharsets.UTF_8));
        CoordinatorProcessor processor = processor();
        // When
        processor.init(context);
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(1_020);
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(1_040);
        // Then
        List<Object> told = context.forwarded().stream()
                .map(MockProcessorContext.CapturedForward::record)
                .map(Record::value)
                .map(Object.class::cast)
                .toList();
        assertThat(told)
                .filteredOn(Event.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(EventType.of((Event) event)).isEqualTo(EventType.MEMORY_UNREADABLE));
        assertThat(told)
                .filteredOn(Erasure.class::isInstance)
                .singleElement()
                .satisfies(
                        entry -> assertThat(((Erasure) entry).getAnnotatorId()).isEqualTo("a"));
    }

    private static CoordinatorProcessor processor() {
        ErasureHistory history =
                new ErasureHistory(List.of(new Command.EraseAnnotator("c1", "a", Instant.EPOCH)), Set.of(), List.of());
        RerunSchedule schedule = new RerunSchedule(100, 0.1, 1.3, 2, 0, Duration.ofSeconds(10), Duration.ofSeconds(30));
        return new CoordinatorProcessor(
                "m",
                new CoordinatorProcessor.Sources("commands", MEMORY, () -> new ErasureLog.Reading() {
                    @Override
                    public Optional<ErasureHistory> history() {
                        return Optional.of(history);
                    }

                    @Override
                    public void close() {}
                }),
                2,
                new CoordinatorSettings(Method.ALTERNATING, FitConfig.DEFAULTS, schedule, Duration.ofMillis(100), 1, 1),
                WireFormat.SINGLE_OBJECT,
                new CoordinatorMeters(new SimpleMeterRegistry()),
                new CoordinatorProcessor.Children("orders", "publish", "erasures", "events"));
    }
}
