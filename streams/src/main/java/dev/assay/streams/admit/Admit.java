package dev.assay.streams.admit;

import dev.assay.estimator.choice.PlackettLuce;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.streams.features.ContextFeatures;
import dev.assay.streams.features.ContextSpec;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.SentResponse;
import dev.assay.streams.model.ComparedResponse;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.RefusalReason;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.JudgmentCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bytes of the topic of judgments to an {@link Admission}: decodes, checks, encodes the context, attaches features. */
public final class Admit {
    static final double MAX_WEIGHT = StoredComparison.MAX_WEIGHT;
    static final float MAX_MAGNITUDE = StoredComparison.MAX_MAGNITUDE;

    private final ContextSpec contextSpec;
    private final String contextSpecId; // a hash over the whole spec: once, not per judgment
    private final FeatureSpace featureSpace;
    private final JudgmentCodec codec;

    /**
     * Of bytes that no topic sees: Avro single objects.
     *
     * @param contextSpec context attributes to ψ
     * @param featureSpace responses to φ
     */
    public Admit(ContextSpec contextSpec, FeatureSpace featureSpace) {
        this(contextSpec, featureSpace, WireFormat.SINGLE_OBJECT);
    }

    /**
     * Of a topic of judgments.
     *
     * @param contextSpec context attributes to ψ
     * @param featureSpace responses to φ
     * @param wire of the topic
     */
    public Admit(ContextSpec contextSpec, FeatureSpace featureSpace, WireFormat wire) {
        codec = new JudgmentCodec(wire);
        this.contextSpec = contextSpec;
        contextSpecId = contextSpec.id();
        this.featureSpace = featureSpace;
    }

    /**
     * Decides one record.
     *
     * @param value the record's value as received; null where it had none
     */
    public Admission admit(byte @Nullable [] value) {
        try {
            if (value == null || value.length == 0) {
                throw Refusal.because(RefusalReason.EMPTY_RECORD, "the record has no value");
            }
            JudgmentMessage message = codec.decode(value);
            requireIdentifier("judgmentId", message.judgmentId());
            if (message.annotatorId() != null) {
                requireIdentifier("annotatorId", message.annotatorId());
            }
            ComparisonKey key = new ComparisonKey(message.annotatorId(), message.judgmentId());
            if (message instanceof Retraction) {
                return new Admission.Retracted(key);
            }
            return admit(key, (Judgment) message);
        } catch (UndecodableException e) {
            RefusalReason reason = e.schemaKnown() ? RefusalReason.UNDECODABLE : RefusalReason.UNKNOWN_SCHEMA;
            return new Admission.Refused(reason, String.valueOf(e.getMessage()));
        } catch (Refusal e) {
            return new Admission.Refused(e.reason(), String.valueOf(e.getMessage()));
        }
    }

    private Admission admit(ComparisonKey key, Judgment judgment) throws Refusal {
        requireIdentifier("promptId", judgment.promptId());
        Occasion occasion = judgment.occasion();
        requireLength("source", occasion.source());
        if (occasion.session() != null) {
            requireLength("session", occasion.session());
        }
        requireResponses(judgment);
        requireRanking(judgment);
        requireWeight(judgment.weight());
        ContextFeatures context = contextSpec.encode(occasion.context());
        List<ComparedResponse> responses = compared(judgment);
        StoredComparison comparison = new StoredComparison(
                judgment.promptId(),
                responses,
                judgment.ranking(),
                judgment.weight(),
                featureSpace.id(),
                new StoredComparison.EncodedContext(contextSpecId, context.offset(), context.context()),
                occasion);
        requireMagnitude(comparison);
        return new Admission.Admitted(key, comparison, context.unseenLevels(), context.missing());
    }

    private List<ComparedResponse> compared(Judgment judgment) throws Refusal {
        List<JudgedResponse> judged = judgment.responses();
        List<float[]> features = featureSpace.features(
                judgment.featureSpace(),
                judged.stream()
                        .map(response -> new SentResponse(response.features(), response.text()))
                        .toList());
        Integer shownFirst = judgment.occasion().shownFirst();
        List<ComparedResponse> compared = new ArrayList<>(judged.size());
        for (int i = 0; i < judged.size(); i++) {
            boolean first = shownFirst != null && shownFirst == i;
            compared.add(new ComparedResponse(
                    judged.get(i).responseId(),
                    judged.get(i).policy(),
                    first ? featureSpace.shownFirst(features.get(i)) : features.get(i)));
        }
        return compared;
    }

    private static void requireResponses(Judgment judgment) throws Refusal {
        int count = judgment.responses().size();
        if (count < PlackettLuce.FEWEST_RESPONSES || count > PlackettLuce.MOST_RESPONSES) {
            throw Refusal.because(
                    RefusalReason.RESPONSE_COUNT,
                    "responses must be %s to %s, were %s",
                    PlackettLuce.FEWEST_RESPONSES,
                    PlackettLuce.MOST_RESPONSES,
                    count);
        }
        Set<String> ids = new HashSet<>();
        for (JudgedResponse response : judgment.responses()) {
            requireIdentifier("responseId", response.responseId());
            if (response.policy() != null) {
                requireLength("policy", response.policy());
            }
            if (!ids.add(response.responseId())) {
                throw Refusal.because(
                        RefusalReason.IDENTICAL_RESPONSES,
                        "the %s responses must differ, two are %s",
                        count,
                        response.responseId());
            }
        }
        Integer shownFirst = judgment.occasion().shownFirst();
        if (shownFirst != null && (shownFirst < 0 || shownFirst >= count)) {
            throw Refusal.because(
                    RefusalReason.RESPONSE_COUNT, "shownFirst must be 0 to %s, was %s", count - 1, shownFirst);
        }
    }

    private static void requireRanking(Judgment judgment) throws Refusal {
        int count = judgment.responses().size();
        List<Integer> ranking = judgment.ranking();
        if (ranking.size() != count) {
            throw Refusal.because(
                    RefusalReason.INVALID_RANKING,
                    "preference must rank each of the %s responses, has %s ranks",
                    count,
                    ranking.size());
        }
        for (int rank : ranking) {
            if (rank < 1 || rank > count) {
                throw Refusal.because(
                        RefusalReason.INVALID_RANKING, "a rank in preference must be 1 to %s, was %s", count, rank);
            }
        }
        if (!ranking.contains(1)) {
            throw Refusal.because(
                    RefusalReason.INVALID_RANKING, "some response must have rank 1, preference was %s", ranking);
        }
    }

    private static void requireWeight(double weight) throws Refusal {
        if (!(weight >= 0 && weight <= MAX_WEIGHT)) { // false for NaN too
            throw Refusal.because(RefusalReason.INVALID_WEIGHT, "weight must be 0 to %s, was %s", MAX_WEIGHT, weight);
        }
    }

    private static void requireMagnitude(StoredComparison comparison) throws Refusal {
        for (int other = 1; other < comparison.responses().size(); other++) {
            requireMagnitude(
                    RefusalReason.FEATURES_NOT_FINITE, "the difference of feature", comparison.difference(0, other));
        }
        requireMagnitude(
                RefusalReason.INVALID_CONTEXT,
                "context feature",
                comparison.context().features());
    }

    private static void requireMagnitude(RefusalReason reason, String what, float[] values) throws Refusal {
        for (int j = 0; j < values.length; j++) {
            if (!(Math.abs(values[j]) <= MAX_MAGNITUDE)) { // true for NaN too
                throw Refusal.because(reason, what + " %s must be within ±%s, was %s", j, MAX_MAGNITUDE, values[j]);
            }
        }
    }

    private static void requireIdentifier(String field, String value) throws Refusal {
        if (value.isBlank()) {
            throw Refusal.because(RefusalReason.MISSING_FIELD, "%s must not be blank", field);
        }
        requireLength(field, value);
    }

    private static void requireLength(String field, String value) throws Refusal {
        if (value.length() > Judgment.LONGEST_ID) {
            throw Refusal.because(
                    RefusalReason.TOO_LONG,
                    "%s must have at most %s characters, has %s",
                    field,
                    Judgment.LONGEST_ID,
                    value.length());
        }
    }
}
