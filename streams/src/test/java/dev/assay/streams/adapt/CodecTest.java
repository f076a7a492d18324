package dev.assay.streams.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.Descent;
import dev.assay.estimator.descent.DoubleComparisonStore;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.Method;
import dev.assay.estimator.descent.RoundOrder;
import dev.assay.estimator.descent.ShardSum;
import dev.assay.estimator.descent.Step;
import dev.assay.estimator.descent.StoreShard;
import dev.assay.estimator.simulation.Campaign;
import dev.assay.estimator.simulation.Population;
import dev.assay.schemas.FloatVector;
import dev.assay.schemas.UndecodableException;
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
                Map.of("s", "text", "n", 0.1, "b", true),
                2.5,
                "space",
                Instant.ofEpochMilli(1_700_000_000_123L),
                "session",
                1,
                "source");
        JudgmentCodec codec = new JudgmentCodec();
        Judgment decoded = (Judgment) codec.decode(codec.encode(judgment));
        assertThat(decoded).usingRecursiveComparison().isEqualTo(judgment);
    }

    @Test
    void equalComparisonKeysHaveEqualBytesAndOthersDoNot() {
        ComparisonKeyCodec codec = new ComparisonKeyCodec();
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
        Step step = Step.ask(RoundOrder.first("r", 4, 4));
        int rounds = 0;
        while (step instanceof Step.Ask ask) {
            RoundOrder order = Objects.requireNonNull(orders.decode(orders.encode(new ShardOrder(null, ask.order())))
                    .round());
            ShardReport.Answer sent =
                    new ShardReport.Answer(3, 77, order.rerunId(), order.round(), shard.answer(order));
            ShardReport.Answer received = (ShardReport.Answer) reports.decode(reports.encode(sent));
            assertThat(order).isEqualTo(ask.order());
            assertThat(received).isEqualTo(sent);
            step = descent.advance(order, received.sum());
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
        ShardSum one = shard().answer(RoundOrder.first("r", 4, 4));
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
