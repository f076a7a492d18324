package dev.assay.lab.chaos;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.publish.Event;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.EventType;
import dev.assay.streams.wire.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topic of events: each command to erase has its receipt there, once. */
final class ReceiptsCheck {
    private final Map<String, Integer> receipts = new TreeMap<>();
    private final Codec<Event> events;

    private ReceiptsCheck(Deployment deployment) {
        events = Codec.events(deployment.wire());
    }

    /**
     * @param commands the ids of those that were acknowledged
     * @return what is wrong, in sentences; empty if all is as expected
     */
    static List<String> of(Deployment deployment, Set<String> commands) {
        ReceiptsCheck check = new ReceiptsCheck(deployment);
        Clients.read(deployment, deployment.topics().events().name(), check::take);
        return check.against(commands);
    }

    private List<String> against(Set<String> commands) {
        List<String> wrong = new ArrayList<>();
        Set<String> missing = new TreeSet<>(commands);
        missing.removeAll(receipts.keySet());
        if (!missing.isEmpty()) {
            wrong.add("commands without a receipt: " + missing);
        }
        Set<String> strangers = new TreeSet<>(receipts.keySet());
        strangers.removeAll(commands);
        if (!strangers.isEmpty()) {
            wrong.add("receipts that nobody has asked for: " + strangers);
        }
        receipts.values().removeIf(count -> count == 1);
        if (!receipts.isEmpty()) {
            wrong.add("commands with several receipts: " + receipts);
        }
        return wrong;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (Poisoning.made(record)) {
            return;
        }
        try {
            Event event = events.decode(record.value());
            if (EventType.of(event) == EventType.ANNOTATOR_ERASED) {
                receipts.merge(String.valueOf(event.getFacts().get("commandId")), 1, Integer::sum);
            }
        } catch (UndecodableException e) {
            throw new IllegalStateException("an event of the service cannot be read", e);
        }
    }
}
