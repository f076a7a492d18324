package dev.assay.service.ingest;

import dev.assay.service.http.Access;
import dev.assay.service.http.Answer;
import dev.assay.service.http.Bodies;
import dev.assay.service.http.Caller;
import dev.assay.service.http.Identity;
import dev.assay.service.http.Outlet;
import dev.assay.streams.model.Command;
import dev.assay.streams.settings.CallerRole;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** {@code DELETE /v1/annotators/{id}}: forget an annotator, for good. */
final class ErasureRoute {
    private final Access access;
    private final Bodies bodies;
    private final CommandRecords commands;
    private final Pseudonyms pseudonyms;
    private final Outlet outlet;
    private final InstantSource clock;

    ErasureRoute(
            Access access,
            Bodies bodies,
            CommandRecords commands,
            Pseudonyms pseudonyms,
            Outlet outlet,
            InstantSource clock) {
        this.access = access;
        this.bodies = bodies;
        this.commands = commands;
        this.pseudonyms = pseudonyms;
        this.outlet = outlet;
        this.clock = clock;
    }

    /** Answers 202: the receipt is the event ANNOTATOR_ERASED that names the command. */
    void erase(Context ctx) {
        Caller caller = access.require(ctx, CallerRole.ERASE);
        caller.spend(1);
        String annotator = Objects.requireNonNull(pseudonyms.of(Identity.ofPath(ctx, "id")));
        String id = UUID.randomUUID().toString();
        ProducerRecord<byte[], byte[]> command =
                commands.of(new Command.EraseAnnotator(id, annotator, clock.instant()));
        bodies.answer(ctx, outlet.send(List.of(command)).thenApply(done -> new Answer(202, Map.of("commandId", id))));
    }
}
