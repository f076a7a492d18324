package dev.assay.service.offline;

import dev.assay.estimator.descent.AlternatingDescent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.collect.ShardShape;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.ComparisonCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits without the stream: reads the comparisons off their topic into float64 columns and descends over them as one shard
 * in this process. What the stream must agree with.
 */
public final class OfflineFit {
    private static final Logger LOG = LoggerFactory.getLogger(OfflineFit.class);

    private final Map<ComparisonKey, StoredComparison> comparisons = new LinkedHashMap<>();
    private final Codec<ComparisonKey> keys = Codec.COMPARISON_KEYS;
    private final ComparisonCodec values;

    private final ShardShape shape;

    private OfflineFit(ShardShape shape, WireFormat wire) {
        this.shape = shape;
        values = new ComparisonCodec(wire);
    }

    /** Reads the topic of comparisons from its beginning to its end. */
    public static OfflineFit of(Deployment deployment) {
        OfflineFit offline = new OfflineFit(deployment.shape(), deployment.wire());
        Clients.read(deployment, deployment.topics().comparisons().name(), offline::take);
        return offline;
    }

    /** Reward and rationality: the model of the stream. */
    public Fit heterogeneous() {
        return fit(true, -1);
    }

    /** Reward alone, every annotator alike: plain Bradley–Terry. */
    public Fit bradleyTerry() {
        return fit(false, -1);
    }

    /** Bradley–Terry on one feature alone. */
    public Fit bradleyTerryOn(int feature) {
        return fit(false, feature);
    }

    private Fit fit(boolean withContext, int onlyFeature) {
        StoredComparison any = comparisons.values().iterator().next();
        int d = onlyFeature < 0 ? any.responses().get(0).features().length : 1;
        int k = withContext ? any.context().features().length : 0;
        OfflineStores stores = new OfflineStores(d, k);
        comparisons.forEach((key, comparison) -> {
            if (onlyFeature < 0) {
                stores.add(key, comparison);
            } else {
                stores.addOnly(key, comparison, onlyFeature);
            }
        });
        return new AlternatingDescent(FitConfig.DEFAULTS)
                .fit(Start.cold(d, k), List.of(new StoreShard(stores.pairs(), stores.rankings(), 1)));
    }

    private boolean fits(StoredComparison comparison) {
        return comparison.featureSpace().equals(shape.featureSpace())
                && comparison.context().spec().equals(shape.contextSpec())
                && comparison.responses().get(0).features().length == shape.rewardDimension()
                && comparison.context().features().length == shape.rationalityDimension();
    }

    /** What cannot be read counts as none, as for the shards: it is in quarantine. */
    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            ComparisonKey key = keys.decode(record.key());
            comparisons.remove(key);
            if (record.value() != null) {
                StoredComparison comparison = values.decode(record.value());
                if (fits(comparison)) {
                    comparisons.put(key, comparison);
                }
            }
        } catch (UndecodableException e) {
            LOG.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("cause", e.getMessage())
                    .log("a comparison cannot be read and is left out");
        }
    }
}
