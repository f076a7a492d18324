package dev.assay.lab.chaos;

import dev.assay.lab.evidence.ExpectedFit;
import dev.assay.lab.evidence.ExpectedSet;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.ComparisonCodec;
import dev.assay.streams.wire.Partitioning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The topic of comparisons as compaction would leave it, against the expected set: every key once, in its newest version. */
final class ComparisonsCheck {
    private static final int TOLD = 5;

    private final Deployment deployment;
    private final Map<ComparisonKey, StoredComparison> standing = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final Codec<ComparisonKey> keys = Codec.COMPARISON_KEYS;
    private final ComparisonCodec comparisons;

    private ComparisonsCheck(Deployment deployment) {
        comparisons = new ComparisonCodec(deployment.wire());
        this.deployment = deployment;
    }

    /** @return what is wrong, in sentences; empty if all is as expected */
    static List<String> of(Deployment deployment, ExpectedSet expected) {
        ComparisonsCheck check = new ComparisonsCheck(deployment);
        Clients.read(deployment, deployment.topics().comparisons().name(), check::take);
        return check.against(expected);
    }

    private List<String> against(ExpectedSet expected) {
        List<ComparisonKey> missing = new ArrayList<>();
        List<ComparisonKey> outdated = new ArrayList<>();
        expected.standing().forEach((key, judgment) -> {
            StoredComparison comparison = standing.remove(key);
            if (comparison == null) {
                missing.add(key);
            } else if (!same(comparison, judgment)) {
                outdated.add(key);
            }
        });
        tell("missing from comparisons", missing);
        tell("in comparisons in another version than the newest", outdated);
        tell("in comparisons though retracted or erased", List.copyOf(standing.keySet()));
        return wrong;
    }

    private void tell(String what, List<ComparisonKey> found) {
        if (!found.isEmpty()) {
            wrong.add(found.size() + " " + what + ", among them "
                    + found.stream().limit(TOLD).map(String::valueOf).toList());
        }
    }

    private boolean same(StoredComparison comparison, Judgment judgment) {
        return comparison.ranking().equals(judgment.ranking())
                && comparison.weight() == judgment.weight()
                && sameFeatures(comparison, judgment, 0)
                && sameFeatures(comparison, judgment, 1)
                && Arrays.equals(
                        comparison.context().features(),
                        ExpectedFit.context(judgment, deployment).context());
    }

    private static boolean sameFeatures(StoredComparison comparison, Judgment judgment, int response) {
        return Arrays.equals(
                comparison.responses().get(response).features(), ExpectedFit.featuresOf(judgment, response));
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (Poisoning.made(record)) {
            return;
        }
        try {
            ComparisonKey key = keys.decode(record.key());
            int partition = Partitioning.of(Partitioning.partitionedBy(key), deployment.shards());
            if (record.partition() != partition && wrong.size() < TOLD) {
                wrong.add(key + " is in partition " + record.partition() + ", belongs in " + partition);
            }
            put(key, record.value());
        } catch (UndecodableException e) {
            wrong.add("a comparison cannot be read: " + e.getMessage());
        }
    }

    private void put(ComparisonKey key, byte @Nullable [] value) throws UndecodableException {
        if (value == null) {
            standing.remove(key);
        } else {
            standing.put(key, comparisons.decode(value));
        }
    }
}
