package dev.assay.streams.collect;

import dev.assay.schemas.WireFormat;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.quarantine.QuarantineReason;
import dev.assay.streams.quarantine.UnusableRecordException;
import dev.assay.streams.quarantine.Usable;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.ComparisonCodec;
import org.jspecify.annotations.Nullable;

/** Reads the topic of comparisons: only admit writes there, after checking, but what is read may be anybody's. */
final class ComparisonRecords {
    private final ShardShape shape;
    private final ComparisonCodec comparisons;

    ComparisonRecords(ShardShape shape, WireFormat wire) {
        this.shape = shape;
        comparisons = new ComparisonCodec(wire);
    }

    /** @throws UnusableRecordException if there is no key */
    byte[] present(byte @Nullable [] key) {
        if (key == null) {
            throw UnusableRecordException.because(QuarantineReason.KEY, "the key must be there");
        }
        return key;
    }

    /** @throws UnusableRecordException if it is no key of a comparison */
    ComparisonKey key(byte @Nullable [] key) {
        try {
            return Usable.value(Codec.COMPARISON_KEYS, present(key));
        } catch (UnusableRecordException e) {
            throw UnusableRecordException.because(QuarantineReason.KEY, String.valueOf(e.getMessage()));
        }
    }

    /** @throws UnusableRecordException if it is no comparison, or one of this deployment with other dimensions than it has */
    StoredComparison comparison(byte[] value) {
        StoredComparison comparison = Usable.value(comparisons, value);
        int d = comparison.responses().get(0).features().length;
        int k = comparison.context().features().length;
        if (isOurs(comparison) && (d != shape.rewardDimension() || k != shape.rationalityDimension())) {
            throw UnusableRecordException.because(
                    QuarantineReason.OUT_OF_BOUNDS,
                    "features and context must have dimensions " + shape.rewardDimension() + " and "
                            + shape.rationalityDimension() + ", had " + d + " and " + k);
        }
        return comparison;
    }

    /** Whether it is in the feature space and by the context spec of this deployment; others stay out of the sums. */
    boolean isOurs(StoredComparison comparison) {
        return comparison.featureSpace().equals(shape.featureSpace())
                && comparison.context().spec().equals(shape.contextSpec());
    }
}
