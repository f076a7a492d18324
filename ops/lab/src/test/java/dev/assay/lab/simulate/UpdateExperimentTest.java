package dev.assay.lab.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.simulation.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateExperimentTest {
    private static final UpdateExperiment.Shape SMALL = new UpdateExperiment.Shape("small", 3, 2, 2000, 100, false);
    private static final UpdateExperiment.Shape SORTED = new UpdateExperiment.Shape("sorted", 3, 2, 2000, 100, true);

    @TempDir
    private Path folder;

    @Test
    void everyBatchFrom100ParametersOnIsMeasured() {
        UpdateFollower follower = play(SMALL, UpdateRule.DEFAULT);
        assertThat(follower.points())
                .extracting(UpdatePoint::n)
                .startsWith(500L, 600L)
                .endsWith(2000L)
                .hasSize(16);
        assertThat(follower.points()).allSatisfy(point -> {
            assertThat(point.distance()).isPositive().isLessThan(1);
            assertThat(point.published()).isEqualTo(point.rerun() ? 0 : point.distance());
        });
    }

    @Test
    void aRerunBringsTheEstimateBackToTheMaximum() {
        List<UpdatePoint> points = play(SMALL, UpdateRule.DEFAULT).points();
        List<UpdatePoint> never = play(SMALL, UpdateRule.NEVER).points();
        assertThat(points).anyMatch(UpdatePoint::rerun);
        assertThat(never).noneMatch(UpdatePoint::rerun);
        assertThat(points.get(points.size() - 1).distance())
                .isLessThan(never.get(never.size() - 1).distance());
    }

    @Test
    void aRuleWithoutAReasonNeverReruns() {
        assertThat(UpdateRule.NEVER.due(1_000_000, 1000, 10, 5)).isFalse();
        assertThat(UpdateRule.DRIFT.due(1_000_000, 1000, 10, 0.11)).isTrue();
        assertThat(UpdateRule.GROWTH.due(4000, 3000, 10, 0)).isTrue(); // below 500p: by 1.3
        assertThat(UpdateRule.GROWTH.due(6000, 4000, 10, 0)).isFalse(); // above: by 2
        assertThat(UpdateRule.GROWTH.due(8000, 4000, 10, 0)).isTrue();
        assertThat(UpdateRule.NEVER.due(900, 600, 10, 0)).isTrue(); // below 100p no rule publishes a step
    }

    @Test
    void aSortedStreamHasTheSameJudgmentsInAnotherOrder() {
        UpdateStream sorted = SORTED.stream(3);
        assertThat(sorted.rows())
                .extracting(row -> row.comparison().context().get(0))
                .isSorted();
        assertThat(sorted.rows())
                .containsExactlyInAnyOrderElementsOf(SMALL.stream(3).rows());
    }

    @Test
    void thePageHasARowForEveryStreamAndRule() throws Exception {
        try (Replications replications = new Replications(5, 2, 2, () -> {})) {
            UpdateStream real = UpdateStream.of("real", new Sample(SMALL.design(), 8).store(2000));
            UpdateExperiment experiment = new UpdateExperiment(List.of(real), List.of(SMALL, SORTED));
            List<String> findings = experiment.run(replications, folder);
            assertThat(findings).hasSize(3).allMatch(finding -> finding.contains("standard errors from the exact"));
        }
        String page = Files.readString(folder.resolve("updates.md"));
        assertThat(page)
                .contains("| real, p=5 | growth or drift |", "| sorted, p=5 | none after 100p |", "--data DIR")
                .doesNotContain("NaN");
        assertThat(folder.resolve("updates.png")).isNotEmptyFile();
    }

    private static UpdateFollower play(UpdateExperiment.Shape shape, UpdateRule rule) {
        return shape.stream(3).followed(shape.batch(), List.of(rule)).get(0);
    }
}
