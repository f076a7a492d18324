package dev.assay.streams.score;

import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.SentResponse;
import dev.assay.streams.json.StrictJson;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.RefusalReason;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The whole of scoring, without a transport: a snapshot, options and responses to rewards with bounds, or why not. Those who
 * answer on the topic and over HTTP only translate.
 *
 * @param featureSpace responses to φ; used by many threads
 * @param defaultLevel level of the intervals where a request names none
 * @param maxResponses most of one request, and of a batch together
 */
public record Scorer(FeatureSpace featureSpace, double defaultLevel, int maxResponses) {
    /** @throws NotScored if there are none or too many */
    public void requireCount(String field, int count) {
        if (count < 1 || count > maxResponses) {
            throw refused(field + " must be 1 to " + maxResponses + ", were " + count);
        }
    }

    /** @throws NotScored if there are too many to abstain */
    public static void requireFewToAbstain(int candidates) {
        if (candidates > Scoring.MOST_TO_ABSTAIN) {
            throw refused("candidates must be at most " + Scoring.MOST_TO_ABSTAIN + " to abstain, were " + candidates);
        }
    }

    /**
     * @param newest snapshot; null: there is none yet
     * @return the same, if responses of this deployment can be scored by it
     * @throws NotScored otherwise
     */
    public ScoringModel usable(@Nullable ScoringModel newest) {
        if (newest == null) {
            throw new NotScored(NotScored.Why.NO_SNAPSHOT, "no snapshot has been published yet");
        }
        String published = newest.snapshot().spaces().featureSpace();
        if (!published.equals(featureSpace.id())) {
            throw new NotScored(
                    NotScored.Why.OTHER_SNAPSHOT,
                    "the newest snapshot is of feature space " + published + ", this scorer has " + featureSpace.id());
        }
        return newest;
    }

    /** @throws NotScored if the snapshot does not give the covariance asked for */
    public Scoring scoring(ScoringModel usable, ScoringOptions options) {
        return Scoring.of(usable, options, defaultLevel)
                .orElseThrow(() -> new NotScored(
                        NotScored.Why.OTHER_SNAPSHOT, Scoring.noCovariance(usable, options.covariance())));
    }

    /** All of it: features, rewards and bounds. */
    public Scored score(Scoring scoring, FeatureRows features) {
        return new Scored(scoring, features, scoring.candidates(features));
    }

    /**
     * φ of responses.
     *
     * @param names of each response in the request, for what is wrong with it; null: it is not said which one is
     * @param sent at least one
     * @param space the space the client means; null: the deployment's
     * @throws NotScored if one is refused, or features are made elsewhere and that is away
     */
    public FeatureRows features(@Nullable IntFunction<String> names, List<SentResponse> sent, @Nullable String space) {
        try {
            return FeatureRows.of(featureSpace.features(space, sent), featureSpace.dimension());
        } catch (Refusal whole) {
            if (whole.reason() == RefusalReason.FEATURES_UNAVAILABLE) {
                throw new NotScored(NotScored.Why.FEATURES_UNAVAILABLE, String.valueOf(whole.getMessage()));
            }
            throw refused(names == null ? String.valueOf(whole.getMessage()) : named(names, sent, space, whole));
        }
    }

    /** Who is at fault is found one by one: it is rare. */
    private String named(IntFunction<String> names, List<SentResponse> sent, @Nullable String space, Refusal whole) {
        for (int i = 0; i < sent.size(); i++) {
            try {
                featureSpace.features(space, sent.get(i).vector(), sent.get(i).text());
            } catch (Refusal one) {
                return inWords(names.apply(i), String.valueOf(one.getMessage()));
            }
        }
        return String.valueOf(whole.getMessage());
    }

    /** The feature space names things as the topics do. */
    private static String inWords(String response, String message) {
        return message.startsWith("vector")
                ? response + ".features" + message.substring("vector".length())
                : response + ": " + StrictJson.inJson(message);
    }

    private static NotScored refused(String message) {
        return new NotScored(NotScored.Why.REFUSED, message);
    }
}
