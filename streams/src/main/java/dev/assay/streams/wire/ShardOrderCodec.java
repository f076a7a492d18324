package dev.assay.streams.wire;

import dev.assay.estimator.choice.Parameters;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.model.Linearisation;
import dev.assay.streams.model.ShardOrder;

/** Orders to shards. */
public final class ShardOrderCodec extends RecordCodec<ShardOrder, dev.assay.schemas.descend.ShardOrder> {
    /** Of bytes that no topic sees: Avro single objects. */
    public ShardOrderCodec() {
        this(WireFormat.SINGLE_OBJECT);
    }

    /** @param wire the deployment's, for bytes of its topics */
    public ShardOrderCodec(WireFormat wire) {
        super(wire, dev.assay.schemas.descend.ShardOrder.class, ShardOrderCodec::toAvro, ShardOrderCodec::fromAvro);
    }

    /** The Avro record, for records that contain it. */
    static dev.assay.schemas.descend.ShardOrder toAvro(ShardOrder order) {
        return new dev.assay.schemas.descend.ShardOrder(
                order.linearisation() == null ? null : toAvro(order.linearisation()),
                order.round() == null ? null : RoundOrders.toAvro(order.round()));
    }

    private static dev.assay.schemas.descend.Linearisation toAvro(Linearisation linearisation) {
        return new dev.assay.schemas.descend.Linearisation(
                linearisation.epoch(),
                PackedVectors.pack(linearisation.point().reward()),
                PackedVectors.pack(linearisation.point().rationality()));
    }

    /** The inverse of {@link #toAvro(ShardOrder)}. */
    static ShardOrder fromAvro(dev.assay.schemas.descend.ShardOrder avro) throws UndecodableException {
        var linearisation = avro.getLinearisation();
        return new ShardOrder(
                linearisation == null
                        ? null
                        : new Linearisation(
                                linearisation.getEpoch(),
                                new Parameters(
                                        PackedVectors.vector(linearisation.getReward()),
                                        PackedVectors.vector(linearisation.getRationality()))),
                avro.getRound() == null ? null : RoundOrders.fromAvro(avro.getRound()));
    }
}
