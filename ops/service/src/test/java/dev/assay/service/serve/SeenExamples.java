package dev.assay.service.serve;

import dev.assay.service.serve.dashboard.Activity;
import dev.assay.service.serve.dashboard.Annotators;
import dev.assay.service.serve.dashboard.DashboardState;
import dev.assay.service.serve.dashboard.Refusals;
import dev.assay.streams.model.ShardAnnotators;
import java.time.Instant;
import java.util.List;

/** Something of every kind that can be seen. */
final class SeenExamples {
    static final Instant T = Instant.parse("2026-11-28T11:00:00Z");

    private SeenExamples() {}

    static DashboardState seen() {
        return new DashboardState(activity(), refusals(), annotators());
    }

    static Activity activity() {
        List<Activity.Round> rounds = List.of(new Activity.Round(0, T), new Activity.Round(1, T.plusMillis(20)));
        return new Activity(
                new Activity.Rerun(
                        "rerun-2",
                        "DRIFT",
                        new Activity.Course(T, null, Activity.Outcome.RUNNING),
                        1200,
                        0.125,
                        rounds,
                        null),
                List.of(new Activity.Rerun(
                        "rerun-1",
                        "FIRST",
                        new Activity.Course(T.minusSeconds(60), T.minusSeconds(59), Activity.Outcome.CONVERGED),
                        1000,
                        0,
                        List.of(),
                        1L)),
                List.of(
                        new Activity.Version(1, Activity.Kind.RERUN, 1000L, 0, T.minusSeconds(59)),
                        new Activity.Version(2, Activity.Kind.INCREMENTAL, 1200L, 0.125, T.minusSeconds(1)),
                        new Activity.Version(3, Activity.Kind.ROLLBACK, null, 0, T)),
                List.of(new Activity.RepeatedEvent("DRIFT", T, "Far away.", 2)));
    }

    static Refusals refusals() {
        return new Refusals(3, true, List.of(new Refusals.Reason("UNDECODABLE", 3, T, "0@17")));
    }

    /** b judges the wrong way round, c less rationally than others; of d nothing is known. */
    static Annotators annotators() {
        return new Annotators(
                4,
                90.5,
                2,
                1,
                0.25,
                T,
                List.of(
                        new ShardAnnotators.Annotator("b", 40, -0.5, 0.5, 0.25, true, true),
                        new ShardAnnotators.Annotator("c", 30, 0.25, 0.25, 0.4, true, false),
                        new ShardAnnotators.Annotator("a", 20, 1.5, 0.5, 1.25, false, false),
                        new ShardAnnotators.Annotator("d", 0.5, 1, Double.POSITIVE_INFINITY, 1, false, false)));
    }
}
