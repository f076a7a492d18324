package dev.assay.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.lab.evidence.ExpectedSet;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.streams.model.Judgment;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExpectedSetTest {
    private final ChaosCampaign campaign = new ChaosCampaign(new SplittableRandom(3), 20);
    private final ExpectedSet expected = new ExpectedSet();
    private final Judgment judgment = Stream.generate(campaign::next)
            .filter(each -> each.annotatorId() != null)
            .findFirst()
            .orElseThrow();
    private final ComparisonKey key = ExpectedSet.key(judgment);

    @Test
    void theNewestVersionStands() {
        Judgment edited = campaign.again(judgment);
        expected.judged(judgment);
        expected.judged(edited);
        assertThat(expected.standing()).containsOnlyKeys(key).containsValue(edited);
        assertThat(expected.weight()).isEqualTo(edited.weight());
    }

    @Test
    void aRetractedJudgmentStandsAgainWhenItIsMadeAgain() {
        expected.judged(judgment);
        expected.retracted(key);
        assertThat(expected.standing()).isEmpty();
        expected.judged(judgment);
        assertThat(expected.standing()).containsOnlyKeys(key);
    }

    @Test
    void anErasedAnnotatorsJudgmentsNeverStandAgain() {
        expected.judged(judgment);
        expected.erased(java.util.Objects.requireNonNull(judgment.annotatorId()));
        expected.judged(campaign.again(judgment));
        assertThat(expected.standing()).isEmpty();
    }
}
