package dev.assay.service.serve;

import dev.assay.service.http.Answer;
import dev.assay.service.http.Doc;
import dev.assay.service.http.Route;
import dev.assay.service.serve.desk.ScoringDesk;

/** {@code GET /v1/uncertainty}: an example, of how many files a route touches. */
final class UncertaintyRoute {
    private final ScoringDesk desk;

    UncertaintyRoute(ScoringDesk desk) {
        this.desk = desk;
    }

    /** What it answers. */
    @Doc(name = "UncertaintyAnswer")
    record Uncertainty(@Doc(value = "Answered from.", min = 1) long version, @Doc("ℓ, nats.") double logLikelihood) {}

    Route route() {
        return Route.get("/v1/uncertainty", request -> answer())
                .named("uncertainty", "An example")
                .answers(Uncertainty.class)
                .refuses(503);
    }

    private Answer answer() {
        var snapshot = desk.model().snapshot();
        return new Answer(200, new Uncertainty(snapshot.version(), snapshot.sums().logLikelihood()));
    }
}
