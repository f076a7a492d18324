package dev.assay.lab.chaos;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.publish.Event;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.EventType;
import dev.assay.streams.wire.Codec;
import java.util.HashSet;
import java.util.Set;

/** The receipts of erasures so far. */
final class Receipts {
    private Receipts() {}

    /** @return how many different ones there are; what cannot be read is none */
    static int count(Deployment deployment) {
        Codec<Event> codec = Codec.events(deployment.wire());
        Set<String> found = new HashSet<>();
        Clients.read(deployment, deployment.topics().events().name(), record -> {
            try {
                Event event = codec.decode(record.value());
                if (EventType.of(event) == EventType.ANNOTATOR_ERASED) {
                    found.add(event.getEventId());
                }
            } catch (UndecodableException e) {
                // Nobody's receipt.
            }
        });
        return found.size();
    }
}
