package dev.assay.streams.descend;

import dev.assay.estimator.choice.Parameters;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.collect.NewestRecord;
import dev.assay.streams.collect.ShardShape;
import dev.assay.streams.model.Linearisation;
import dev.assay.streams.model.Round;
import dev.assay.streams.model.ShardOrder;
import dev.assay.streams.quarantine.QuarantineReason;
import dev.assay.streams.quarantine.UnusableRecordException;
import dev.assay.streams.quarantine.Usable;
import dev.assay.streams.wire.ShardOrderCodec;
import org.jspecify.annotations.Nullable;

/** What a shard may be told: all of an order is checked before any of it is done. */
public final class Orders implements NewestRecord.Check<Integer> {
    private static final double LARGEST = 1e15; // of a parameter; squares of products with features stay numbers

    private final ShardShape shape;
    private final ShardOrderCodec codec;

    /**
     * @param shape of the comparisons that orders are about
     * @param wire of the orders
     */
    public Orders(ShardShape shape, WireFormat wire) {
        this.shape = shape;
        codec = new ShardOrderCodec(wire);
    }

    @Override
    public void check(int shard, Integer key, byte[] value) {
        read(shard, key, value);
    }

    /** @throws UnusableRecordException if it is no order that this shard can follow */
    ShardOrder read(int shard, @Nullable Integer key, byte @Nullable [] value) {
        Usable.key(
                key != null && (key == shard || key == ShardOrder.readBy(shard)),
                "the shard's number " + shard + " or " + ShardOrder.readBy(shard));
        ShardOrder order = Usable.value(codec, value);
        Linearisation at = order.linearisation();
        if (at != null) {
            require(at.point());
        }
        Round round = order.round();
        if (round != null) {
            require(round.question().point());
            round.question().trials().forEach(this::require);
        }
        return order;
    }

    private void require(Parameters point) {
        int d = point.reward().size();
        int k = point.rationality().size();
        if (d != shape.rewardDimension() || k != shape.rationalityDimension()) {
            throw outOfBounds("a point must have dimensions " + shape.rewardDimension() + " and "
                    + shape.rationalityDimension() + ", had " + d + " and " + k);
        }
        for (double parameter : point.joint().toArray()) {
            if (Math.abs(parameter) > LARGEST) {
                throw outOfBounds("a parameter must be within ±" + LARGEST + ", was " + parameter);
            }
        }
    }

    private static UnusableRecordException outOfBounds(String message) {
        return UnusableRecordException.because(QuarantineReason.OUT_OF_BOUNDS, message);
    }
}
