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
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.ComparisonCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Fits without the stream: reads the comparisons off their topic into float64 columns and descends over them as one shard
 * in this process. What the stream must agree with.
 */
public final class OfflineFit {
    private final Map<ComparisonKey, StoredComparison> comparisons = new LinkedHashMap<>();
    private final Codec<ComparisonKey> keys = Codec.COMPARISON_KEYS;
    private final ComparisonCodec values;

    private OfflineFit(WireFormat wire) {
        values = new ComparisonCodec(wire);
    }

    /** Reads the topic of comparisons from its beginning to its end. */
    public static OfflineFit of(Deployment deployment) {
        OfflineFit offline = new OfflineFit(deployment.wire());
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

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            ComparisonKey key = keys.decode(record.key());
            if (record.value() == null) {
                comparisons.remove(key);
            } else {
                comparisons.put(key, values.decode(record.value()));
            }
        } catch (UndecodableException e) {
            throw new IllegalStateException("a comparison cannot be read: " + e.getMessage(), e);
        }
    }
}
