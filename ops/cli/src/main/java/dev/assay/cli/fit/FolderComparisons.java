package dev.assay.cli.fit;

import dev.assay.estimator.descent.Diagnostic;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.service.ingest.JudgedData;
import dev.assay.service.offline.OfflineStores;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.Deployment;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.admit.Admit;
import dev.assay.streams.features.ContextSpec;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.PositionFeatureSpace;
import dev.assay.streams.features.RememberedFeatures;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.RefusalReason;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.JudgmentCodec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns judgments that were read from files into comparisons exactly as the stream would: same checks, same float32 features, and of one annotator's judgments with one id the last.
 */
public final class FolderComparisons {
    private static final int REMEMBERED = 100_000; // responses

    private final Map<ComparisonKey, StoredComparison> admitted = new LinkedHashMap<>();
    private final Map<RefusalReason, Refused> refused = new EnumMap<>(RefusalReason.class);

    private FolderComparisons() {}

    private record Refused(int count, String first) {}

    /**
     * @param data what was read
     * @param deployment says what becomes features and context; null: their vectors or texts, and the attributes of {@link
     *     FolderContext}
     * @param split whether a ranking becomes its pairs, as if each were a judgment of its own
     * @param position whether the response shown first gets a feature of its own; so does it if the deployment says so
     * @throws InvalidInputException naming file, line, field and value
     */
    public static FitInput of(JudgedData data, @Nullable Deployment deployment, boolean split, boolean position) {
        List<Judgment> judgments = data.judgments();
        ContextSpec context = deployment == null ? FolderContext.of(judgments) : deployment.contextSpec();
        FeatureSpace features = deployment == null ? FolderFeatures.of(data.responses()) : deployment.featureSpace();
        if (position) {
            PositionOption.require(judgments);
            features = features instanceof PositionFeatureSpace ? features : new PositionFeatureSpace(features);
        }
        FolderComparisons comparisons = new FolderComparisons();
        comparisons.admit(judgments, new Admit(context, new RememberedFeatures(features, REMEMBERED)));
        return comparisons.input(features, context, split, data.tally().refused());
    }

    private void admit(List<Judgment> judgments, Admit admit) {
        JudgmentCodec codec = new JudgmentCodec();
        for (Judgment judgment : judgments) {
            Admission admission = admit.admit(codec.encode(judgment));
            if (admission instanceof Admission.Admitted taken) {
                admitted.put(taken.key(), taken.comparison());
            } else if (admission instanceof Admission.Refused refusal) {
                String first = "judgment " + judgment.judgmentId() + ", " + refusal.message();
                refused.merge(
                        refusal.reason(), new Refused(1, first), (old, one) -> new Refused(old.count + 1, old.first));
            }
        }
    }

    private FitInput input(FeatureSpace features, ContextSpec context, boolean split, long notUnderstood) {
        OfflineStores stores = new OfflineStores(features.dimension(), context.dimension());
        admitted.forEach((key, comparison) -> {
            if (split && !comparison.isPair()) {
                stores.addSplit(key, comparison);
            } else {
                stores.add(key, comparison);
            }
        });
        return new FitInput(
                stores.pairs(),
                stores.rankings(),
                ColumnNames.named(features.names(), context.names()),
                stores.annotatorIds(),
                remarks(notUnderstood));
    }

    private List<Diagnostic> remarks(long notUnderstood) {
        List<Diagnostic> remarks = new ArrayList<>();
        if (notUnderstood > 0) {
            remarks.add(new Diagnostic(
                    FitInput.REFUSED,
                    notUnderstood,
                    notUnderstood + (notUnderstood == 1 ? " item" : " items") + " refused, NOT_UNDERSTOOD"));
        }
        refused.forEach((reason, of) -> remarks.add(new Diagnostic(
                FitInput.REFUSED, of.count, of.count + " judgments refused, " + reason + "; the first: " + of.first)));
        return remarks;
    }
}
