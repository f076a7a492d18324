package dev.assay.service.serve.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.service.serve.dashboard.Activity.Course;
import dev.assay.service.serve.dashboard.Activity.Kind;
import dev.assay.service.serve.dashboard.Activity.Outcome;
import dev.assay.service.serve.dashboard.Activity.RepeatedEvent;
import dev.assay.service.serve.dashboard.Activity.Rerun;
import dev.assay.service.serve.dashboard.Activity.Round;
import dev.assay.service.serve.dashboard.Activity.Version;
import dev.assay.streams.model.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActivityLogTest {
    private static final Instant T = Instant.parse("2026-11-28T12:00:00Z");

    private final ActivityLog log = new ActivityLog();
    private int events;

    @Test
    void aRerunRunsWithItsRoundsAndThenHasConvergedAsAVersion() {
        started("rerun-1", 0);
        assertThat(log.asked("rerun-1", 0, T.plusMillis(10))).isTrue();
        assertThat(log.asked("rerun-1", 0, T.plusMillis(900))).isFalse(); // asked again, of a shard that did not answer
        log.asked("rerun-1", 1, T.plusMillis(1000));
        List<Round> rounds = List.of(new Round(0, T.plusMillis(10)), new Round(1, T.plusMillis(1000)));
        assertThat(log.soFar().running())
                .isEqualTo(
                        new Rerun("rerun-1", "GROWTH", new Course(T, null, Outcome.RUNNING), 1000, 0.25, rounds, null));

        ended(Event.Type.RERUN_COMPLETED, "rerun-1", 2, 5L);
        published(5, Map.of("judgments", "1010"), 2);
        assertThat(log.soFar().running()).isNull();
        assertThat(log.soFar().reruns())
                .containsExactly(new Rerun(
                        "rerun-1",
                        "GROWTH",
                        new Course(T, T.plusSeconds(2), Outcome.CONVERGED),
                        1010,
                        0.25,
                        rounds,
                        5L));
        assertThat(log.soFar().versions()).containsExactly(new Version(5, Kind.RERUN, 1010L, 0, T.plusSeconds(2)));
    }

    @Test
    void roundsThatAreReadBeforeTheStartAreNotLostAndThoseReadAfterTheEndNeither() {
        log.asked("rerun-1", 0, T);
        started("rerun-1", 0);
        ended(Event.Type.RERUN_FAILED, "rerun-1", 3, null);
        log.asked("rerun-1", 1, T.plusSeconds(1));
        Rerun rerun = log.soFar().reruns().get(0);
        assertThat(rerun.course().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(rerun.rounds()).extracting(Round::number).containsExactly(0, 1);
    }

    @Test
    void aRerunFromAnotherStartIsTheSameRerun() {
        started("rerun-1", 0);
        log.asked("rerun-1", 0, T);
        log.asked("rerun-1-cold", 0, T.plusSeconds(1));
        ended(Event.Type.RERUN_COMPLETED, "rerun-1-cold", 2, 1L);
        assertThat(log.soFar().reruns()).hasSize(1);
        assertThat(log.soFar().reruns().get(0).rounds())
                .containsExactly(new Round(0, T), new Round(0, T.plusSeconds(1)));
    }

    @Test
    void aLaterRerunAndARollbackPutTheOneUnderWayAside() {
        started("rerun-1", 0);
        started("rerun-2", 1);
        assertThat(log.soFar().reruns().get(0).course().outcome()).isEqualTo(Outcome.SUPERSEDED);
        assertThat(log.soFar().reruns().get(0).course().finishedAt()).isEqualTo(T.plusSeconds(1));
        published(3, Map.of("judgments", "900"), 1);
        published(9, Map.of("rolledBackFrom", "3"), 2);
        assertThat(log.soFar().running()).isNull();
        assertThat(log.soFar().reruns().get(0).id()).isEqualTo("rerun-2");
        assertThat(log.soFar().versions()).last().isEqualTo(new Version(9, Kind.ROLLBACK, 900L, 0, T.plusSeconds(2)));
    }

    @Test
    void theEndOfARerunWhoseStartIsNotKnownIsAnEventAndNoMore() {
        ended(Event.Type.RERUN_COMPLETED, "rerun-0", 1, 1L);
        assertThat(log.soFar().reruns()).isEmpty();
        assertThat(log.soFar().events()).hasSize(1);
    }

    @Test
    void theSameEventAgainIsTheSameEventAndTheSameInARowAreOneWithTheirNumber() {
        Event event = event(Event.Type.DRIFT, null, "Far away.", Map.of(), 0);
        assertThat(log.hear(event)).isTrue();
        assertThat(log.hear(event)).isFalse();
        log.hear(event(Event.Type.DRIFT, null, "Far away.", Map.of(), 1));
        log.hear(event(Event.Type.ANNOTATOR_FLAGGED, null, "An annotator.", Map.of("annotatorId", "ann"), 2));
        assertThat(log.soFar().events())
                .containsExactly(
                        new RepeatedEvent("ANNOTATOR_FLAGGED", T.plusSeconds(2), "An annotator.", 1),
                        new RepeatedEvent("DRIFT", T.plusSeconds(1), "Far away.", 2));
        assertThat(log.soFar().toString()).doesNotContain("ann,");
    }

    @Test
    void everythingIsOfBoundedNumberAndTheNewestStay() {
        for (int i = 0; i < 2000; i++) {
            started("rerun-" + i, i);
            log.hear(event(Event.Type.DRIFT, null, "Drift " + i, Map.of(), i));
        }
        for (int i = 0; i < 1000; i++) {
            log.asked("rerun-1999", i, T);
        }
        Activity activity = log.soFar();
        assertThat(activity.reruns()).hasSize(50);
        assertThat(activity.reruns().get(0).id()).isEqualTo("rerun-1998");
        assertThat(activity.events()).hasSize(50);
        assertThat(activity.events().get(0).message()).isEqualTo("Drift 1999");
        Rerun running = java.util.Objects.requireNonNull(activity.running());
        assertThat(running.rounds()).hasSize(200).last().isEqualTo(new Round(999, T));
    }

    @Test
    void aFactThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> log.hear(event(
                        Event.Type.RERUN_STARTED,
                        null,
                        "m",
                        Map.of("rerunId", "r", "judgments", "1", "drift", "NaN"),
                        0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("drift must be finite, was NaN");
    }

    private void started(String id, int second) {
        Map<String, String> facts =
                Map.of("rerunId", id, "reason", "GROWTH", "judgments", "1000", "drift", "0.25", "resumed", "true");
        log.hear(event(Event.Type.RERUN_STARTED, null, "A rerun has started.", facts, second));
    }

    private void ended(Event.Type type, String id, int second, @Nullable Long version) {
        Map<String, String> facts = Map.of("rerunId", id, "judgments", "1010", "rounds", "2", "status", "CONVERGED");
        log.hear(event(type, version, "A rerun has ended.", facts, second));
    }

    private void published(long version, Map<String, String> facts, int second) {
        log.hear(event(Event.Type.PUBLISHED, version, "Published.", facts, second));
    }

    private Event event(
            Event.Type type, @Nullable Long version, String message, Map<String, String> facts, int second) {
        return new Event("e" + events++, type, "m", version, message, facts, T.plusSeconds(second));
    }
}
