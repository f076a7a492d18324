package dev.assay.estimator.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PopulationTest {
    private static final Population DEMO = Population.seeded(42);

    @Test
    void theSameSeedGivesTheSameCampaignFromAnyJudgmentOn() {
        Population again = Population.seeded(42);
        assertThat(again.truth()).isEqualTo(DEMO.truth());
        assertThat(again.judgments(700).limit(50).toList())
                .isEqualTo(DEMO.judgments(0).skip(700).limit(50).toList());
        assertThat(Population.seeded(43).truth()).isNotEqualTo(DEMO.truth());
    }

    @Test
    void theDemoIsTheOneDescribed() {
        assertThat(DEMO.truth().reward().size()).isEqualTo(16);
        assertThat(DEMO.truth().rationality()).isEqualTo(Vector.of(0.8, -0.5, -1.6, -0.4));
        assertThat(Campaign.DEMO.kinds())
                .extracting(AnnotatorKind::name)
                .containsExactly("regular", "expert", "novice", "adversarial");
        assertThat(DEMO.responses(0)).hasSize(16);
        var kinds = IntStream.range(0, 400)
                .mapToObj(annotator -> DEMO.kindOf(annotator).name())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        assertThat(kinds)
                .containsEntry("regular", 200L)
                .containsEntry("expert", 80L)
                .containsEntry("novice", 80L)
                .containsEntry("adversarial", 40L);
    }

    @Test
    void rewardDifferencesSpreadAsWanted() {
        List<Comparison> comparisons = DEMO.comparisons(20_000);
        double meanSquare = comparisons.stream()
                .mapToDouble(c -> Math.pow(c.difference().dot(DEMO.truth().reward()), 2))
                .average()
                .orElseThrow();
        // 8000 responses in 16 dimensions: the spread along θ is known to about 1 %.
        assertThat(Math.sqrt(meanSquare)).isCloseTo(1.5, within(0.1));
    }

    @Test
    void everyFeatureIsAFloatAndNobodyComparesAResponseWithItself() {
        assertThat(DEMO.response(3, 5).toArray())
                .satisfies(values -> assertThat(Arrays.stream(values)).allMatch(value -> value == value.floatValue()));
        assertThat(DEMO.judgments(0).limit(5000))
                .allMatch(judgment -> judgment.first() != judgment.second())
                .allMatch(judgment -> Math.abs(judgment.fatigue()) <= 0.5);
    }
}
