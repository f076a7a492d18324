package dev.assay.service.serve.dashboard;

import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.Route;
import java.util.List;
import java.util.function.Supplier;

/** {@code GET /v1/activity}: what the estimator does, and {@code GET /v1/refusals}: what was refused. */
public final class ActivityRoute {
    private final Supplier<DashboardState> seen;

    /** @param seen of the topics up to now */
    public ActivityRoute(Supplier<DashboardState> seen) {
        this.seen = seen;
    }

    /** Both of them. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                                "/v1/refusals",
                                request -> new HttpAnswer(200, seen.get().refusals()))
                        .named("refusals", "Judgments refused, by reason")
                        .saying(
                                "What is on the dead-letter topic, of the newest 100,000 records. `assay dlq show` takes the"
                                        + " places, `assay dlq redrive` the reasons.")
                        .answers(Refusals.class),
                Route.get(
                                "/v1/activity",
                                request -> new HttpAnswer(200, seen.get().activity()))
                        .named("activity", "Reruns with their rounds, versions with their drift, events")
                        .saying(
                                "As this scorer has seen it: rounds and incremental versions since it started, the rest from"
                                        + " the topic of events.")
                        .answers(Activity.class));
    }
}
