package dev.assay.streams.admit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.streams.Deployment;
import dev.assay.streams.Deployments;
import dev.assay.streams.admit.Admission.Admitted;
import dev.assay.streams.admit.Admission.Refused;
import dev.assay.streams.admit.Admission.Retracted;
import dev.assay.streams.features.PositionFeatureSpace;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.RefusalReason;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.wire.JudgmentCodec;
import dev.assay.streams.wire.Partitioning;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmitTest {
    private static final Deployment DEPLOYMENT = Deployments.small(1);
    private static final Admit ADMIT = new Admit(DEPLOYMENT.contextSpec(), DEPLOYMENT.featureSpace());

    /** A judgment as a form to fill in: each test changes one field. */
    private static final class Form {
        String judgmentId = "j1";

        @Nullable
        String annotatorId = "a1";

        String promptId = "p1";
        List<JudgedResponse> responses = List.of(response("r1", 1, 2, 3, 4), response("r2", 0, 2, 3, 1));
        List<Integer> ranking = List.of(1, 2);
        Map<String, Object> context = Map.of("kind", "expert", "fatigue", 0.25);
        double weight = 1;

        @Nullable
        String featureSpace;

        @Nullable
        String session;

        @Nullable
        Integer shownFirst;

        String source = "test";

        Admission admitted() {
            return admitted(ADMIT);
        }

        Admission admitted(Admit admit) {
            Judgment judgment = new Judgment(
                    judgmentId,
                    annotatorId,
                    promptId,
                    responses,
                    ranking,
                    weight,
                    featureSpace,
                    new Occasion(context, null, session, shownFirst, source));
            return admit.admit(new JudgmentCodec().encode(judgment));
        }
    }

    private interface Change {
        void to(Form form);
    }

    @Test
    void aGoodJudgmentBecomesItsNumbers() {
        Admitted admitted = (Admitted) new Form().admitted();
        assertThat(admitted.key()).isEqualTo(new ComparisonKey("a1", "j1"));
        assertThat(admitted.comparison().difference()).containsExactly(1, 0, 0, 3);
        assertThat(admitted.comparison().preference()).isEqualTo(1);
        assertThat(admitted.comparison().context().features()).containsExactly(1, 0, 0, 0.25f);
        assertThat(admitted.comparison().context().offset()).isEqualTo(1);
        assertThat(admitted.comparison().occasion().context()).containsEntry("kind", "expert");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("rankings")
    void aRankingBecomesThePreference(List<Integer> ranking, float preference) {
        Form form = new Form();
        form.ranking = ranking;
        assertThat(((Admitted) form.admitted()).comparison().preference()).isEqualTo(preference);
    }

    static Stream<Arguments> rankings() {
        return Stream.of(
                Arguments.of(List.of(1, 2), 1f), Arguments.of(List.of(2, 1), 0f), Arguments.of(List.of(1, 1), 0.5f));
    }

    @Test
    void aRankingOfSeveralBecomesItsRanksAndFeatures() {
        Form form = new Form();
        form.responses = List.of(response("r1", 1, 2, 3, 4), response("r2", 5, 6, 7, 8), response("r3", 9, 10, 11, 12));
        form.ranking = List.of(2, 1, 2);
        form.shownFirst = 2;
        var comparison = ((Admitted) form.admitted()).comparison();
        assertThat(comparison.isPair()).isFalse();
        assertThat(comparison.ranks()).containsExactly(2, 1, 2);
        assertThat(comparison.features()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    @ParameterizedTest(name = "the response at {0}")
    @ValueSource(ints = {0, 1, 2})
    void inARankingTheOneShownFirstIsMarkedAndNoOther(int shown) {
        Admit admit = new Admit(DEPLOYMENT.contextSpec(), new PositionFeatureSpace(DEPLOYMENT.featureSpace()));
        Form form = new Form();
        form.responses = List.of(response("r1", 1, 2, 3, 4), response("r2", 5, 6, 7, 8), response("r3", 9, 10, 11, 12));
        form.ranking = List.of(2, 1, 3);
        form.shownFirst = shown;
        var comparison = ((Admitted) form.admitted(admit)).comparison();
        for (int i = 0; i < 3; i++) {
            assertThat(comparison.responses().get(i).features()).hasSize(5).endsWith(i == shown ? 1 : 0);
        }
        for (int other = 1; other < 3; other++) {
            float difference = shown == 0 ? 1 : other == shown ? -1 : 0;
            assertThat(comparison.difference(0, other)).endsWith(difference);
        }
    }

    @Test
    void equalFeaturesUnderOtherIdsAreAdmitted() {
        Form form = new Form();
        form.responses = List.of(response("r1", 1, 2, 3, 4), response("r2", 1, 2, 3, 4));
        assertThat(form.admitted()).isInstanceOf(Admitted.class);
    }

    @Test
    void anUnseenLevelGoesToTheReferenceAndIsCounted() {
        Form form = new Form();
        form.context = Map.of("kind", "astronaut");
        Admitted admitted = (Admitted) form.admitted();
        assertThat(admitted.comparison().context().features()).containsExactly(0, 0, 0, 0);
        assertThat(admitted.unseenLevels()).isEqualTo(1);
        assertThat(admitted.missingAttributes()).isEqualTo(1);
    }

    @Test
    void aJudgmentWithoutAnnotatorIsAdmittedByItself() {
        Form form = new Form();
        form.annotatorId = null;
        assertThat(Partitioning.partitionedBy(((Admitted) form.admitted()).key()))
                .isEqualTo("j1");
    }

    @Test
    void aRetractionTakesTheSameKeyBack() {
        Admission admission = ADMIT.admit(new JudgmentCodec().encode(new Retraction("j1", "a1", "test")));
        assertThat(admission).isEqualTo(new Retracted(new ComparisonKey("a1", "j1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFaultyJudgmentIsRefusedNamingFieldBoundAndValue(
            String fault, Change change, RefusalReason reason, String said) {
        Form form = new Form();
        change.to(form);
        assertThat(form.admitted()).isInstanceOfSatisfying(Refused.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(reason);
            assertThat(rejected.message()).contains(said);
        });
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("blank id", f -> f.judgmentId = " ", RefusalReason.MISSING_FIELD, "judgmentId"),
                fault("long id", f -> f.judgmentId = "x".repeat(513), RefusalReason.TOO_LONG, "at most 512"),
                fault("blank annotator", f -> f.annotatorId = "", RefusalReason.MISSING_FIELD, "annotatorId"),
                fault("blank prompt", f -> f.promptId = "", RefusalReason.MISSING_FIELD, "promptId"),
                fault("long source", f -> f.source = "x".repeat(600), RefusalReason.TOO_LONG, "source"),
                fault("long session", f -> f.session = "x".repeat(600), RefusalReason.TOO_LONG, "session"),
                fault(
                        "one response",
                        f -> f.responses = List.of(response("r1", 1, 2, 3, 4)),
                        RefusalReason.RESPONSE_COUNT,
                        "2 to 64, were 1"),
                fault(
                        "too many responses",
                        f -> f.responses = IntStream.range(0, 65)
                                .mapToObj(i -> response("r" + i, 1, 2, 3, 4))
                                .toList(),
                        RefusalReason.RESPONSE_COUNT,
                        "2 to 64, were 65"),
                fault(
                        "three responses, two ranks",
                        f -> f.responses = List.of(
                                response("r1", 1, 2, 3, 4), response("r2", 1, 2, 3, 4), response("r3", 1, 2, 3, 4)),
                        RefusalReason.INVALID_RANKING,
                        "each of the 3 responses, has 2 ranks"),
                fault(
                        "third response far away",
                        f -> {
                            f.responses = List.of(
                                    response("r1", 1, 2, 3, 4),
                                    response("r2", 1, 2, 3, 4),
                                    response("r3", 1, 2, 3e6f, 4));
                            f.ranking = List.of(2, 1, 3);
                        },
                        RefusalReason.FEATURES_NOT_FINITE,
                        "difference of feature 2"),
                fault(
                        "same response twice",
                        f -> f.responses = List.of(response("r1", 1, 2, 3, 4), response("r1", 1, 2, 3, 4)),
                        RefusalReason.IDENTICAL_RESPONSES,
                        "two are r1"),
                fault("shown outside", f -> f.shownFirst = 2, RefusalReason.RESPONSE_COUNT, "0 to 1, was 2"),
                fault("too few ranks", f -> f.ranking = List.of(1), RefusalReason.INVALID_RANKING, "has 1 ranks"),
                fault("rank 0", f -> f.ranking = List.of(0, 1), RefusalReason.INVALID_RANKING, "1 to 2, was 0"),
                fault("nobody first", f -> f.ranking = List.of(2, 2), RefusalReason.INVALID_RANKING, "rank 1"),
                fault("NaN weight", f -> f.weight = Double.NaN, RefusalReason.INVALID_WEIGHT, "was NaN"),
                fault("negative weight", f -> f.weight = -1, RefusalReason.INVALID_WEIGHT, "was -1"),
                fault("huge weight", f -> f.weight = 1e9, RefusalReason.INVALID_WEIGHT, "1.6777216E7"),
                fault(
                        "NaN context",
                        f -> f.context = Map.of("fatigue", Double.NaN),
                        RefusalReason.INVALID_CONTEXT,
                        "fatigue"),
                fault("huge context", f -> f.context = Map.of("fatigue", 1e7), RefusalReason.INVALID_CONTEXT, "1.0E7"),
                fault(
                        "text for a number",
                        f -> f.context = new HashMap<>(Map.of("fatigue", "much")),
                        RefusalReason.INVALID_CONTEXT,
                        "much"),
                fault(
                        "no features",
                        f -> f.responses =
                                List.of(new JudgedResponse("r1", null, "text", null), response("r2", 1, 2, 3, 4)),
                        RefusalReason.FEATURES_MISSING,
                        "4 numbers"),
                fault(
                        "wrong dimension",
                        f -> f.responses = List.of(response("r1", 1), response("r2", 1, 2, 3, 4)),
                        RefusalReason.FEATURE_DIMENSION,
                        "was 1"),
                fault(
                        "NaN feature",
                        f -> f.responses = List.of(response("r1", 1, Float.NaN, 3, 4), response("r2", 1, 2, 3, 4)),
                        RefusalReason.FEATURES_NOT_FINITE,
                        "NaN"),
                fault(
                        "differences beyond float",
                        f -> f.responses = List.of(response("r1", 3e38f, 2, 3, 4), response("r2", -3e38f, 2, 3, 4)),
                        RefusalReason.FEATURES_NOT_FINITE,
                        "Infinity"),
                fault(
                        "another feature space",
                        f -> f.featureSpace = "other",
                        RefusalReason.FEATURE_SPACE_MISMATCH,
                        "other"));
    }

    private static Arguments fault(String name, Change change, RefusalReason reason, String said) {
        return Arguments.of(name, change, reason, said);
    }

    private static JudgedResponse response(String id, float... features) {
        return new JudgedResponse(id, null, null, features);
    }
}
