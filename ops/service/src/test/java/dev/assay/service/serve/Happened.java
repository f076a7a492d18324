package dev.assay.service.serve;

import dev.assay.service.serve.dashboard.Activity;
import dev.assay.service.serve.dashboard.Activity.Course;
import dev.assay.service.serve.dashboard.Activity.Kind;
import dev.assay.service.serve.dashboard.Activity.Outcome;
import dev.assay.service.serve.dashboard.Activity.RepeatedEvent;
import dev.assay.service.serve.dashboard.Activity.Rerun;
import dev.assay.service.serve.dashboard.Activity.Round;
import dev.assay.service.serve.dashboard.Activity.Version;
import dev.assay.service.serve.dashboard.Annotators;
import dev.assay.service.serve.dashboard.DashboardState;
import dev.assay.service.serve.dashboard.Refusals;
import dev.assay.streams.model.ShardAnnotators.Annotator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened in a deployment, made up: a quiet one and what comes on top. */
final class Happened {
    private static final Instant BEGAN = ServedScorer.NOW.minusSeconds(600);

    private Happened() {}

    /** Two reruns, one of which failed; 30 versions whose drift grew to 0.12; 23 annotators; nothing refused. */
    static DashboardState quietly() {
        Activity activity = new Activity(
                null,
                List.of(
                        ended("second", "drift", 60, Outcome.FAILED, null),
                        ended("first", "first", 0, Outcome.CONVERGED, 1L)),
                versions(),
                List.of(new RepeatedEvent("PUBLISHED", BEGAN.plusSeconds(2), "Snapshot 1 covers 1000 judgments.", 1)));
        return new DashboardState(activity, Refusals.NONE, annotators(23));
    }

    /** A rerun has begun, of which three rounds are known. */
    static DashboardState running(DashboardState before) {
        return with(
                before,
                new Activity(
                        new Rerun(
                                "third",
                                "growth",
                                new Course(BEGAN.plusSeconds(90), null, Outcome.RUNNING),
                                12_345_678,
                                0.02,
                                rounds(90, 3),
                                null),
                        before.activity().reruns(),
                        before.activity().versions(),
                        before.activity().events()));
    }

    /** That one has converged, as version 31. */
    static DashboardState converged(DashboardState before) {
        List<Rerun> reruns = new ArrayList<>(before.activity().reruns());
        reruns.add(0, ended("third", "growth", 90, Outcome.CONVERGED, 31L));
        return with(
                before,
                new Activity(
                        null,
                        reruns,
                        before.activity().versions(),
                        before.activity().events()));
    }

    /** A fit found the parameters ill determined. */
    static DashboardState illDetermined(DashboardState before, String message) {
        List<RepeatedEvent> events = new ArrayList<>(before.activity().events());
        events.add(0, new RepeatedEvent("IDENTIFIABILITY", BEGAN.plusSeconds(100), message, 1));
        return with(
                before,
                new Activity(
                        before.activity().running(),
                        before.activity().reruns(),
                        before.activity().versions(),
                        events));
    }

    static DashboardState refused(DashboardState before, Refusals.Reason... reasons) {
        long total = Stream.of(reasons).mapToLong(Refusals.Reason::count).sum();
        return new DashboardState(before.activity(), new Refusals(total, false, List.of(reasons)), before.annotators());
    }

    static Refusals.Reason reason(String reason, long count, String last) {
        return new Refusals.Reason(reason, count, BEGAN, last);
    }

    private static DashboardState with(DashboardState before, Activity activity) {
        return new DashboardState(activity, before.refusals(), before.annotators());
    }

    private static Rerun ended(String id, String reason, int afterSeconds, Outcome outcome, @Nullable Long version) {
        return new Rerun(
                id,
                reason,
                new Course(BEGAN.plusSeconds(afterSeconds), BEGAN.plusSeconds(afterSeconds + 2L), outcome),
                1000 + afterSeconds,
                0.12,
                rounds(afterSeconds, 5),
                version);
    }

    private static List<Round> rounds(int afterSeconds, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Round(i, BEGAN.plusSeconds(afterSeconds).plusMillis(250L * i)))
                .toList();
    }

    private static List<Version> versions() {
        return LongStream.rangeClosed(1, 30)
                .mapToObj(i -> new Version(
                        i,
                        i == 1 ? Kind.RERUN : Kind.INCREMENTAL,
                        1000 + i,
                        i == 1 ? 0 : 0.004 * i,
                        BEGAN.plusSeconds(i)))
                .toList();
    }

    /** One judges the wrong way round, one less sharply; of one nothing is known. */
    private static Annotators annotators(int count) {
        List<Annotator> all = new ArrayList<>();
        all.add(new Annotator("contrary", 40, -0.5, 0.25, -0.2, true, true));
        all.add(new Annotator("tired", 80, 0.25, 0.125, 0.4, true, false));
        all.add(new Annotator("unheard", 1, 1, Double.POSITIVE_INFINITY, 1, false, false));
        IntStream.range(all.size(), count)
                .mapToObj(i -> new Annotator("annotator-" + i, 10 + i, 0.9 + 0.01 * i, 0.2, 0.95, false, false))
                .forEach(all::add);
        all.sort(dev.assay.streams.model.ShardAnnotators.FIRST);
        return new Annotators(
                count + 100L,
                all.stream().mapToDouble(Annotator::judgments).sum(),
                2,
                1,
                0.1,
                BEGAN.plusSeconds(2),
                all.stream()
                        .sorted(Comparator.comparing(one -> !one.negative()))
                        .toList());
    }
}
