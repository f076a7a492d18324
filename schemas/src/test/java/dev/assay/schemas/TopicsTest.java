package dev.assay.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicsTest {
    private static final Topics TOPICS = new Topics("assay.");

    @Test
    void aRefusedJudgmentOfTheLargestSizeFitsTheDeadLetterTopic() {
        assertThat(TOPICS.refusedJudgments().maxMessageBytes())
                .isGreaterThanOrEqualTo(TOPICS.judgments().maxMessageBytes() + 65_536);
    }

    @Test
    void aReportWithThreeMatricesOf1024ParametersFitsItsTopic() {
        // Information, meat and the moment of z, each a packed triangle of float64, and 64 KiB for the rest.
        long matrices = 3L * 8 * (1024 * 1025 / 2) + 65_536;
        assertThat(TOPICS.shardReports(1024).maxMessageBytes()).isGreaterThanOrEqualTo((int) matrices);
    }

    @Test
    void theDatabaseIsCompactedAndNothingElseOfTheJudgmentsIsKeptForEver() {
        assertThat(TOPICS.comparisons().settings()).containsEntry("cleanup.policy", "compact");
        assertThat(TOPICS.judgments().settings()).containsEntry("cleanup.policy", "delete");
        assertThat(TOPICS.refusedJudgments().settings()).containsEntry("cleanup.policy", "delete");
    }

    @Test
    void whoseAnnotatorIsErasedIsOutOfTheAnnotatorsTopicWithinADay() {
        // The shard's next record is without him; the one before goes with compaction, which does not touch open
        // segments.
        assertThat(TOPICS.annotators().settings())
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("segment.ms", "3600000")
                .containsEntry("max.compaction.lag.ms", "86400000");
    }

    @Test
    void everyTopicIsNamedOnceAndBeginsWithThePrefix() {
        var names = TOPICS.all(10).stream().map(Topic::name).toList();
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.startsWith("assay."));
    }
}
