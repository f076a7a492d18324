package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.GeneratedData;
import dev.assay.estimator.GeneratedData.Kind;
import dev.assay.estimator.VectorSet;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Shard;
import dev.assay.estimator.sums.StoreShard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SavedStateTest {
    private static final List<Shard> SHARDS = VectorSet.read("a_small").shards();

    @ParameterizedTest
    @EnumSource(Method.class)
    void aDescentThatIsSavedAndReadBackInEveryRoundEndsAtTheSameBits(Method method) {
        for (FitConfig config : List.of(FitConfig.DEFAULTS, FitConfig.DEFAULTS.withRidge(0.01))) {
            Descent descent = method.descent(config.withMaxRounds(method.maxRounds()));
            assertThat(forgetful(descent).fit(start(), SHARDS)).isEqualTo(descent.fit(start(), SHARDS));
        }
    }

    @Test
    void soDoesOneThatIsResumed() {
        Descent descent = new LbfgsDescent(FitConfig.DEFAULTS);
        Start resumed = Start.resumed(descent.fit(start(), SHARDS));
        VectorSet set = VectorSet.read("a_small");
        List<Shard> grown =
                List.of(SHARDS.get(0), new StoreShard(new GeneratedData(3, Kind.plain(30, set.d(), set.k())).store()));
        assertThat(forgetful(descent).fit(resumed, grown)).isEqualTo(descent.fit(resumed, grown));
    }

    @Test
    void oneWithFixedStepsToo() {
        Descent descent = new FixedStepDescent(FitConfig.DEFAULTS, 4, 2, 20);
        assertThat(forgetful(descent).fit(start(), SHARDS)).isEqualTo(descent.fit(start(), SHARDS));
    }

    @Test
    void partsHaveNames() {
        SavedState saved = SavedState.of(secondState());
        assertThat(saved.kind()).isEqualTo("AlternatingDescent");
        assertThat(saved.parts())
                .containsKeys(
                        "phase", "damping", "problem.ridge", "problem.standardisation.regression", "accepted.weight");
    }

    @Test
    void aStateOfAnotherVersionOfTheCodeIsNone() {
        SavedState saved = SavedState.of(secondState());
        assertThat(saved.state()).isPresent();
        assertThat(new SavedState(SavedState.VERSION + 1, saved.kind(), saved.parts()).state())
                .isEmpty();
        assertThat(new SavedState(SavedState.VERSION, "SteepestDescent", saved.parts()).state())
                .isEmpty();
        Map<String, double[]> without = new HashMap<>(saved.parts());
        without.remove("damping");
        assertThat(new SavedState(SavedState.VERSION, saved.kind(), without).state())
                .isEmpty();
        Map<String, double[]> unknown = new HashMap<>(saved.parts());
        unknown.put("phase", new double[] {7});
        assertThat(new SavedState(SavedState.VERSION, saved.kind(), unknown).state())
                .isEmpty();
    }

    private static Method.State secondState() {
        Descent descent = new AlternatingDescent(FitConfig.DEFAULTS);
        Step.Ask first = descent.begin(start());
        return ((Step.Ask) descent.advance(first, SHARDS.get(0).answer(first.question()))).state();
    }

    private static Start start() {
        VectorSet set = VectorSet.read("a_small");
        return Start.cold(set.d(), set.k());
    }

    private static Descent forgetful(Descent descent) {
        return new Descent() {
            @Override
            public Step.Ask begin(Start start) {
                return saved(descent.begin(start));
            }

            @Override
            public Step advance(Step.Ask asked, Answer answer) {
                Step step = descent.advance(asked, answer);
                return step instanceof Step.Ask ask ? saved(ask) : step;
            }

            private Step.Ask saved(Step.Ask ask) {
                return new Step.Ask(
                        ask.round(),
                        ask.question(),
                        SavedState.of(ask.state()).state().orElseThrow());
            }
        };
    }
}
