package dev.assay.service.ingest;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.StandingRecords;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ComparedResponse;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.ComparisonCodec;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * An export file against what stands of the same source: what is missing or stands otherwise is sent, what stands but is no
 * longer in the export is retracted. What was judged after the export was made is left alone, for the export cannot know it.
 */
public final class Reconciliation {
    private final Deployment deployment;
    private final Instant asOf;
    private final Map<ComparisonKey, Expected> expected = new LinkedHashMap<>();
    private final Set<ComparisonKey> leftAlone = new HashSet<>();
    private final Set<String> sources = new HashSet<>();
    private boolean unread;

    private record Expected(JudgmentMessage message, StoredComparison comparison) {}

    /**
     * What was found and done.
     *
     * @param alike stand as the export has them
     * @param missing sent, stood not
     * @param different sent, stood otherwise
     * @param retracted stood, and are no longer in the export
     * @param newer judged after the export was made
     * @param kept would have been retracted, had every item of the export been understood
     */
    public record Counts(int alike, int missing, int different, int retracted, int newer, int kept) {}

    /** Takes what is to be sent. */
    @FunctionalInterface
    public interface Send {
        void send(JudgmentMessage message);
    }

    /** @param asOf when the export was made */
    public Reconciliation(Deployment deployment, Instant asOf) {
        this.deployment = deployment;
        this.asOf = asOf;
    }

    /** Takes the next judgment of the export, or a withdrawal, which is as good as none. */
    public void expect(JudgmentMessage message, ComparisonKey key, @Nullable StoredComparison comparison) {
        sources.add(message.source());
        if (comparison == null) {
            expected.remove(key);
        } else {
            expected.put(key, new Expected(message, comparison));
        }
    }

    /** An item of the export was refused: what stands of it is left alone; if we do not know which, so is everything. */
    public void refused(@Nullable ComparisonKey key) {
        if (key == null) {
            unread = true;
        } else {
            leftAlone.add(key);
        }
    }

    public Set<String> sources() {
        return Set.copyOf(sources);
    }

    /** Compares with what stands now, and sends. */
    public Counts run(Send send) {
        String topic = deployment.topics().comparisons().name();
        StandingRecords standing = StandingRecords.of(deployment, topic);
        Comparing comparing = new Comparing(send);
        Clients.read(deployment, topic, record -> {
            if (record.value() != null && standing.contains(record)) {
                comparing.take(record);
            }
        });
        return comparing.end();
    }

    /** The second pass over the topic. */
    private final class Comparing {
        private final Codec<ComparisonKey> keys = Codec.COMPARISON_KEYS;
        private final ComparisonCodec comparisons = new ComparisonCodec(deployment.wire());
        private final Map<ComparisonKey, Expected> missing = new LinkedHashMap<>(expected);
        private final Send send;
        private int alike;
        private int different;
        private int retracted;
        private int newer;
        private int kept;

        Comparing(Send send) {
            this.send = send;
        }

        void take(ConsumerRecord<byte[], byte[]> record) {
            ComparisonKey key;
            StoredComparison stands;
            try {
                key = keys.decode(record.key());
                stands = comparisons.decode(record.value());
            } catch (UndecodableException e) {
                return; // It counts as none, and is in quarantine: what should stand there is sent again.
            }
            Expected wanted = missing.remove(key);
            if (wanted != null) {
                compare(wanted, stands);
            } else if (sources.contains(stands.occasion().source()) && !leftAlone.contains(key)) {
                withdraw(key, stands);
            }
        }

        private void compare(Expected wanted, StoredComparison stands) {
            if (same(wanted.comparison(), stands)) {
                alike++;
            } else if (isAfter(
                    stands.occasion().judgedAt(), wanted.comparison().occasion().judgedAt())) {
                newer++;
            } else {
                different++;
                send.send(wanted.message());
            }
        }

        private void withdraw(ComparisonKey key, StoredComparison stands) {
            if (isAfter(stands.occasion().judgedAt(), asOf)) {
                newer++;
            } else if (unread) {
                kept++;
            } else {
                retracted++;
                send.send(new Retraction(
                        key.getJudgmentId(),
                        key.getAnnotatorId(),
                        stands.occasion().source()));
            }
        }

        Counts end() {
            missing.values().forEach(each -> send.send(each.message()));
            return new Counts(alike, missing.size(), different, retracted, newer, kept);
        }
    }

    private static boolean isAfter(@Nullable Instant one, @Nullable Instant other) {
        return one != null && other != null && one.isAfter(other);
    }

    private static boolean same(StoredComparison one, StoredComparison other) {
        return one.promptId().equals(other.promptId())
                && same(one.responses(), other.responses())
                && one.ranking().equals(other.ranking())
                && one.context().offset() == other.context().offset()
                && Arrays.equals(one.context().features(), other.context().features())
                && one.weight() == other.weight()
                && one.featureSpace().equals(other.featureSpace())
                && one.context().spec().equals(other.context().spec())
                && one.occasion().equals(other.occasion());
    }

    private static boolean same(List<ComparedResponse> one, List<ComparedResponse> other) {
        boolean same = one.size() == other.size();
        for (int i = 0; same && i < one.size(); i++) {
            ComparedResponse here = one.get(i);
            ComparedResponse there = other.get(i);
            same = here.responseId().equals(there.responseId())
                    && Objects.equals(here.policy(), there.policy())
                    && Arrays.equals(here.features(), there.features());
        }
        return same;
    }
}
