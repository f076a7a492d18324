package dev.assay.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.descent.Descent;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.Method;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.descent.Step;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.AbstainingSet;
import dev.assay.estimator.selection.Centring;
import dev.assay.estimator.simulation.Campaign;
import dev.assay.estimator.simulation.Population;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.schemas.FloatVector;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.schemas.score.ScoredCandidate;
import dev.assay.streams.model.Decision;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.Round;
import dev.assay.streams.model.ScoreBatch;
import dev.assay.streams.model.ScoreBatchReply;
import dev.assay.streams.model.ScoreReply;
import dev.assay.streams.model.ScoreRequest;
import dev.assay.streams.model.ShardAnnotators;
import dev.assay.streams.model.ShardOrder;
import dev.assay.streams.model.ShardReport;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodecTest {
    @Test
    void aJudgmentSurvivesWithEveryField() throws UndecodableException {
        Judgment judgment = new Judgment(
                "j1",
                "a1",
                "p1",
                List.of(
                        new JudgedResponse("r1", "policy", "text", null),
                        new JudgedResponse("r2", null, null, new float[] {1.5f, -0f, Float.MIN_VALUE})),
                List.of(2, 1),
                2.5,
                "space",
                new Occasion(
                        Map.of("s", "text", "n", 0.1, "b", true),
                        Instant.ofEpochMilli(1_700_000_000_123L),
                        "session",
                        1,
                        "source"));
        JudgmentCodec codec = new JudgmentCodec();
        Judgment decoded = (Judgment) codec.decode(codec.encode(judgment));
        assertThat(decoded).usingRecursiveComparison().isEqualTo(judgment);
    }

    @Test
    void aShardsAnnotatorsSurviveWithEveryField() throws UndecodableException {
        ShardAnnotators report = new ShardAnnotators(
                "m",
                3,
                7,
                Instant.ofEpochMilli(1_700_000_000_123L),
                new ShardAnnotators.Totals(210, 4321.5, 2, 1, 0.25),
                List.of(
                        new ShardAnnotators.Annotator("a", 20, -0.5, 0.25, 0.1, true, true),
                        new ShardAnnotators.Annotator("b", 0.5, 1, Double.POSITIVE_INFINITY, 1, false, false)));
        ShardAnnotatorsCodec codec = new ShardAnnotatorsCodec();
        assertThat(codec.decode(codec.encode(report))).isEqualTo(report);
    }

    @Test
    void aBatchOfScoreRequestsSurvivesWithEveryField() throws UndecodableException {
        ScoreRequest byQuantile = new ScoreRequest(
                "r1",
                List.of(
                        new ScoreRequest.Candidate("a", "text", null),
                        new ScoreRequest.Candidate("b", null, new float[] {1.5f, -0f, Float.MIN_VALUE})),
                null,
                CovarianceKind.CLUSTERED,
                Centring.CANDIDATES,
                "space",
                2.5,
                true);
        ScoreRequest byLevel =
                new ScoreRequest("r2", List.of(), 0.9, CovarianceKind.MODEL, Centring.FEATURE_SPACE, null);
        ScoreBatch batch = new ScoreBatch("b1", List.of(byQuantile, byLevel));
        ScoreRequestCodec codec = new ScoreRequestCodec();
        assertThat(codec.decode(codec.encode(batch))).usingRecursiveComparison().isEqualTo(batch);
        assertThat(codec.decode(codec.encode(byQuantile)))
                .usingRecursiveComparison()
                .isEqualTo(byQuantile);
    }

    @Test
    void everyKindOfScoreReplySurvivesWithEveryField() throws UndecodableException {
        Interval interval = new Interval(0.5, 0.1, 0.3, 0.7);
        ScoreReply.Scored scored = new ScoreReply.Scored(
                "r1",
                new ScoreReply.Basis(7, "space", 0.9, CovarianceKind.CLUSTERED, Centring.CANDIDATES, 2.5),
                List.of(new ScoredCandidate("a", 1d, 2d, -3d, 5d), new ScoredCandidate("b", 2d, 3d, -4d, 8d)),
                1,
                0,
                new ScoreReply.Margin(1, interval),
                new ScoreReply.Abstaining(0.8, new AbstainingSet(1, List.of(0, 1), List.of(interval, interval), 2.2)));
        ScoreBatchReply batch = new ScoreBatchReply(
                "b1",
                List.of(
                        scored,
                        new ScoreReply.Refused("r2", "why"),
                        new ScoreReply.Unavailable("r3", "why not"),
                        new ScoreReply.Expired("r4", "late")));
        ScoreReplyCodec codec = new ScoreReplyCodec();
        assertThat(codec.decode(codec.encode(batch))).isEqualTo(batch);
        assertThat(codec.decode(codec.encode(scored))).isEqualTo(scored);
    }

    @Test
    void aDecisionSurvivesBitForBit() throws UndecodableException {
        Decision decision = new Decision(
                new Decision.Origin("r1", "kafka", "ab".repeat(32), 3, Instant.ofEpochMilli(1_700_000_000_123L)),
                new Decision.Basis(7, "space", CovarianceKind.MODEL, Centring.CANDIDATES, 0.9, Math.nextUp(1.6)),
                1,
                new Decision.Intervals(
                        new double[] {-0.0, Double.MIN_VALUE},
                        new double[] {0.1, 0.2},
                        new double[] {0.3, 0.4},
                        new double[] {0.5, 0.6}),
                new float[] {1, -0f, Float.MIN_VALUE, 4},
                "runtime");
        DecisionCodec codec = new DecisionCodec();
        assertThat(codec.decode(codec.encode(decision)))
                .usingRecursiveComparison()
                .isEqualTo(decision);
        assertThat(codec.decode(codec.encode(decision.withoutFeatures())).features())
                .isNull();
    }

    @Test
    void equalComparisonKeysHaveEqualBytesAndOthersDoNot() {
        Codec<ComparisonKey> codec = Codec.COMPARISON_KEYS;
        byte[] bytes = codec.encode(new ComparisonKey("a", "b"));
        assertThat(codec.encode(new ComparisonKey("a", "b"))).isEqualTo(bytes);
        assertThat(codec.encode(new ComparisonKey("ab", ""))).isNotEqualTo(bytes);
        assertThat(codec.encode(new ComparisonKey(null, "b"))).isNotEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void everyOrderAndAnswerOfARealDescentSurvivesBitForBit(Method method) throws UndecodableException {
        ShardOrderCodec orders = new ShardOrderCodec();
        ShardReportCodec reports = new ShardReportCodec();
        StoreShard shard = shard();
        Descent descent = method.descent(FitConfig.DEFAULTS);
        Step step = descent.begin(Start.cold(4, 4));
        int rounds = 0;
        while (step instanceof Step.Ask ask) {
            Round round = new Round("r", ask.round(), ask.question());
            Round received = Objects.requireNonNull(
                    orders.decode(orders.encode(new ShardOrder(null, round))).round());
            ShardReport.Reply sent =
                    new ShardReport.Reply(3, 77, "r", received.number(), shard.answer(received.question()));
            ShardReport.Reply reply = (ShardReport.Reply) reports.decode(reports.encode(sent));
            assertThat(received).isEqualTo(round);
            assertThat(reply).isEqualTo(sent);
            step = descent.advance(ask, reply.answer());
            rounds++;
        }
        assertThat(rounds).isGreaterThan(3);
    }

    @Test
    void aVectorWhoseBytesDoNotMatchItsDimensionIsRefused() {
        FloatVector vector = new FloatVector(3, ByteBuffer.wrap(new byte[8]));
        assertThatThrownBy(() -> PackedVectors.unpack(vector)).hasMessageContaining("needs 12 bytes, this one has 8");
    }

    @Test
    void vectorsAreLittleEndian() {
        assertThat(PackedVectors.pack(new float[] {1f}).getValues().array()).containsExactly(0, 0, 0x80, 0x3F);
    }

    @Test
    void anotherSumOfTheSameShardIsAnotherValue() {
        // Equality in these tests must be able to fail.
        Answer one = shard().answer(Question.moments(4, 4));
        assertThat(one.plus(one)).isNotEqualTo(one);
    }

    private static StoreShard shard() {
        Population population = new Population(11, new Campaign(4, 20, 6, 40, Campaign.DEMO.kinds(), -0.4, 1.5));
        DoubleComparisonStore store = new DoubleComparisonStore(4, 4);
        for (Comparison comparison : population.comparisons(600)) {
            store.add(comparison, (int) (store.size() % 40));
        }
        return new StoreShard(store);
    }

    @Test
    void aPointOfNaNIsRefused() {
        assertThatThrownBy(() -> new Parameters(Vector.of(Double.NaN), Vector.zeros(0)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
