package dev.assay.bench.streaming;

import dev.assay.estimator.columns.FloatComparisonStore;
import dev.assay.streams.admit.Admission.Admitted;
import dev.assay.streams.admit.Admit;
import dev.assay.streams.collect.ShardShape;
import dev.assay.streams.features.ContextAttribute;
import dev.assay.streams.features.ContextSpec;
import dev.assay.streams.features.NumericAttribute;
import dev.assay.streams.features.Transform;
import dev.assay.streams.features.VectorFeatureSpace;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.ComparisonCodec;
import dev.assay.streams.wire.JudgmentCodec;
import java.util.stream.IntStream;

/** A shard's worth of judgments at one size, in every form they take on their way. */
final class CostCase {
    private static final int SEED = 11;
    private static final int EXAMPLES = 2_000; // kept encoded, to time codecs by

    final int d;
    final int k;
    final ShardShape shape;
    final Admit admit;
    final byte[][] judgments = new byte[EXAMPLES][];
    final byte[][] keys = new byte[EXAMPLES][];
    final byte[][] comparisons = new byte[EXAMPLES][];
    final FloatComparisonStore store;

    CostCase(int d, int k, int rows) {
        this.d = d;
        this.k = k;
        ContextSpec spec = new ContextSpec(
                1,
                IntStream.range(0, k)
                        .mapToObj(j -> (ContextAttribute) new NumericAttribute("c" + j, Transform.IDENTITY, 1, null, 0))
                        .toList());
        VectorFeatureSpace space = new VectorFeatureSpace("bench", d);
        shape = new ShardShape(d, k, space.id(), spec.id());
        admit = new Admit(spec, space);
        store = new FloatComparisonStore(d, k);
        fill(new Workload(SEED, d, k), rows);
    }

    private void fill(Workload workload, int rows) {
        JudgmentCodec codec = new JudgmentCodec();
        for (int i = 0; i < rows; i++) {
            byte[] judgment = codec.encode(workload.judgment(i));
            Admitted admitted = (Admitted) admit.admit(judgment);
            StoredComparison comparison = admitted.comparison();
            int annotator = String.valueOf(admitted.key().getAnnotatorId()).hashCode() & 0x7FF;
            Workload.hold(store, i, annotator, comparison);
            if (i < EXAMPLES) {
                judgments[i] = judgment;
                keys[i] = Codec.COMPARISON_KEYS.encode(admitted.key());
                comparisons[i] = new ComparisonCodec().encode(comparison);
            }
        }
    }
}
