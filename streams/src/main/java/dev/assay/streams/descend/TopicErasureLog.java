package dev.assay.streams.descend;

import dev.assay.schemas.Topics;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.EventType;
import dev.assay.streams.tail.FeedThread;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.CommandCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By a consumer of its own, in a thread of its own. */
public final class TopicErasureLog implements ErasureLog {
    private static final Logger LOG = LoggerFactory.getLogger(TopicErasureLog.class);

    private static final String THREAD = "erasures-again";

    private final Map<String, Object> settings;
    private final String commandsTopic;
    private final String eventsTopic;
    private final String erasuresTopic;
    private final WireFormat wire;

    /**
     * @param kafka client settings, with the broker's address
     * @param topics of the deployment
     * @param wire of their values
     */
    public TopicErasureLog(Map<String, String> kafka, Topics topics, WireFormat wire) {
        settings = TopicTail.settings(kafka);
        commandsTopic = topics.commands(1).name();
        eventsTopic = topics.events().name();
        erasuresTopic = topics.erasures().name();
        this.wire = wire;
    }

    @Override
    public Reading read() {
        return new Repeated();
    }

    private final class Repeated implements Reading {
        private volatile @Nullable ErasureHistory history;
        private volatile FeedThread thread = new FeedThread(this::readUntilItWorks, THREAD);

        Repeated() {
            thread.start();
        }

        private void readUntilItWorks() {
            while (history == null && !thread.closed()) {
                try {
                    readOnce();
                } catch (RuntimeException e) { // whatever Kafka or a registry throws
                    LOG.atWarn().setCause(e).log("reading again who is to be erased failed, beginning again");
                    thread.pause();
                }
            }
        }

        private void readAfterAPause() {
            thread.pause();
            readUntilItWorks();
        }

        private void readOnce() {
            Notes notes = new Notes();
            try (KafkaConsumer<byte[], byte[]> consumer =
                            new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                    TopicTail tail =
                            TopicTail.of(consumer, () -> thread.closed(), commandsTopic, eventsTopic, erasuresTopic)) {
                tail.readToEnd(notes::take);
            }
            if (!thread.closed()) {
                history = notes.history();
            }
        }

        @Override
        public Optional<ErasureHistory> history() {
            if (history == null && !thread.alive() && !thread.closed() && history == null) {
                // An error ended it, out of memory say. A thread that has just ended may have its history by now.
                LOG.atError().log("the thread that reads again who is to be erased has died, beginning again");
                thread = new FeedThread(this::readAfterAPause, THREAD);
                thread.start();
            }
            return Optional.ofNullable(history);
        }

        @Override
        public void close() {
            thread.close();
        }
    }

    private final class Notes {
        private final CommandCodec commandCodec = new CommandCodec(wire);
        private final Codec<Event> eventCodec = Codec.events(wire);
        private final Codec<Erasure> erasureCodec = Codec.erasures(wire);
        private final List<Command.EraseAnnotator> commands = new ArrayList<>();
        private final Set<String> receipts = new HashSet<>();
        private final Map<String, Erasure> denied = new LinkedHashMap<>();

        void take(ConsumerRecord<byte[], byte[]> read) {
            try {
                if (read.topic().equals(erasuresTopic) && read.key() != null) {
                    deny(new String(read.key(), StandardCharsets.UTF_8), read.value());
                } else if (read.value() != null && read.topic().equals(commandsTopic)) {
                    if (commandCodec.decode(read.value()) instanceof Command.EraseAnnotator erase) {
                        commands.add(erase);
                    }
                } else if (read.value() != null && read.topic().equals(eventsTopic)) {
                    receipt(eventCodec.decode(read.value()));
                }
            } catch (UndecodableException e) {
                // Who reads the stream has counted it.
            }
        }

        private void deny(String annotatorId, byte @Nullable [] value) throws UndecodableException {
            denied.remove(annotatorId);
            if (value != null) {
                denied.put(annotatorId, erasureCodec.decode(value));
            }
        }

        private void receipt(Event event) {
            String commandId = event.getFacts().get("commandId");
            if (EventType.of(event) == EventType.ANNOTATOR_ERASED && commandId != null) {
                receipts.add(commandId);
            }
        }

        ErasureHistory history() {
            return new ErasureHistory(commands, receipts, List.copyOf(denied.values()));
        }
    }
}
