package dev.assay.streams.publish;

import dev.assay.schemas.publish.Event;
import dev.assay.streams.wire.CloudEvent;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Gives every event the headers of a CloudEvent in binary mode, so that consumers can route it unread. */
public final class AnnounceProcessor extends ContextualProcessor<String, Event, String, Event> {
    private final String source;

    /** @param source of all events: the deployment */
    public AnnounceProcessor(String source) {
        this.source = source;
    }

    @Override
    public void process(Record<String, Event> event) {
        context().forward(event.withHeaders(CloudEvent.headersOf(event.value(), source)));
    }
}
