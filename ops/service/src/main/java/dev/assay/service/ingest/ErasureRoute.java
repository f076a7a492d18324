package dev.assay.service.ingest;

import dev.assay.service.http.Doc;
import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.Request;
import dev.assay.service.http.Route;
import dev.assay.streams.model.Command;
import dev.assay.streams.settings.CallerRole;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** {@code DELETE /v1/annotators/{id}}: forget an annotator, for good. */
record ErasureRoute(Gateway.Surroundings around, Pseudonyms pseudonyms) {
    /** What was asked of the estimator. */
    record Commanded(@Doc("Names it in the events.") String commandId) {}

    Route route() {
        return Route.later("DELETE", "/v1/annotators/{id}", this::erase)
                .by(CallerRole.ERASE)
                .named("erase", "Erase an annotator and every judgment of theirs, for good")
                .id("id", "Who.")
                .answers(
                        202,
                        "Asked for; the receipt is the event ANNOTATOR_ERASED that names this command.",
                        Commanded.class)
                .refuses(400, "A blank or too long id.")
                .refuses(503);
    }

    private CompletableFuture<HttpAnswer> erase(Request request) {
        String annotator = Objects.requireNonNull(pseudonyms.of(request.id("id")));
        String id = UUID.randomUUID().toString();
        var command = around.commands()
                .record(new Command.EraseAnnotator(id, annotator, around.clock().instant()));
        return around.outlet().send(List.of(command)).thenApply(done -> new HttpAnswer(202, new Commanded(id)));
    }
}
