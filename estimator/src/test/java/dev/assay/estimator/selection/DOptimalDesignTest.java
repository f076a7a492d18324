package dev.assay.estimator.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.GeneratedData;
import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DOptimalDesignTest {
    private static final int PICKS = 12;

    /** A J from some judgments, and others that could come. */
    private record Asked(Parameters parameters, PackedSymmetric information, List<Comparison> options) {
        static Asked seeded(long seed, int d, int k, int options) {
            GeneratedData data = new GeneratedData(seed, new GeneratedData.Kind(0, d, k, 1, 1, 0.2));
            PackedSymmetric information = PackedSymmetric.zeros(d + k);
            for (int i = 0; i < 5 * (d + k); i++) {
                information = plus(information, data.next(), data.truth());
            }
            return new Asked(
                    data.truth(),
                    information,
                    Stream.generate(data::next).limit(options).toList());
        }

        DOptimalDesign design(int count, boolean repeats) {
            return DOptimalDesign.of(parameters, Cholesky.of(information).orElseThrow(), options, count, repeats);
        }

        double gain(PackedSymmetric before, Comparison option) {
            return logDeterminant(plus(before, option, parameters)) - logDeterminant(before);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#oneHundred")
    void everySuggestionIsTheBestByTheDeterminantOfTheWholeInformation(long seed) {
        Asked asked = Asked.seeded(seed, 2 + (int) (seed % 5), 1 + (int) (seed % 3), 40);
        boolean repeats = seed % 2 == 0;
        DOptimalDesign design = asked.design(PICKS, repeats);
        PackedSymmetric information = asked.information();
        List<Integer> picked = new ArrayList<>();
        for (Suggestion suggestion : design.suggestions()) {
            int best = -1;
            double most = -1;
            for (int i = 0; i < 40; i++) {
                double gain = asked.gain(information, asked.options().get(i));
                if ((repeats || !picked.contains(i)) && gain > most) {
                    most = gain;
                    best = i;
                }
            }
            Comparison option = asked.options().get(best);
            assertThat(suggestion.index()).isEqualTo(best);
            // The determinants differ by rounding of about 1e-15 a parameter, and there are at most 9.
            assertThat(suggestion.gain()).isCloseTo(most, within(1e-12));
            assertThat(suggestion.gainAlone()).isCloseTo(asked.gain(asked.information(), option), within(1e-12));
            assertThat(suggestion.probability())
                    .isCloseTo(ChoiceModel.probability(option.margin(asked.parameters())), within(1e-15));
            picked.add(best);
            information = plus(information, option, asked.parameters());
        }
        assertThat(design.totalGain())
                .isCloseTo(logDeterminant(information) - logDeterminant(asked.information()), within(1e-10));
        assertThat(picked).hasSize(PICKS);
    }

    @Test
    void theGainsOfHundredsOfSuggestionsAddUpToTheDeterminant() {
        Asked asked = Asked.seeded(4, 30, 6, 2000);
        DOptimalDesign design = asked.design(700, false);
        PackedSymmetric information = asked.information();
        double last = Double.POSITIVE_INFINITY;
        for (Suggestion suggestion : design.suggestions()) {
            assertThat(suggestion.gain()).isBetween(0.0, Math.min(last, suggestion.gainAlone()));
            last = suggestion.gain();
            information = plus(information, asked.options().get(suggestion.index()), asked.parameters());
        }
        assertThat(design.suggestions()).extracting(Suggestion::index).doesNotHaveDuplicates();
        assertThat(design.totalGain())
                .isCloseTo(logDeterminant(information) - logDeterminant(asked.information()), within(1e-10));
    }

    /** Of one parameter the gain is ln(1 + z²π(1−π)/J), and π is ½ where θ is 0. */
    @Test
    void aLargerDifferenceIsSuggestedFirstAndGainsByTheFormula() {
        Parameters nothingKnown = new Parameters(Vector.of(0), Vector.of());
        Cholesky information =
                Cholesky.of(PackedSymmetric.of(1, new double[] {8})).orElseThrow();
        DOptimalDesign design = DOptimalDesign.of(
                nothingKnown, information, List.of(option(1, 1), option(-4, 1), option(2, 4)), 3, false);
        assertThat(design.suggestions()).extracting(Suggestion::index).containsExactly(1, 2, 0);
        assertThat(design.suggestions())
                .extracting(Suggestion::gain)
                .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-14 ? 0 : Double.compare(a, b), Double.class)
                .containsExactly(Math.log(12 / 8.0), Math.log(16 / 12.0), Math.log(16.25 / 16));
        assertThat(design.suggestions()).extracting(Suggestion::probability).containsOnly(0.5);
    }

    /** A pair nobody doubts teaches nothing about the reward, however different its responses. */
    @Test
    void aPairWithASureOutcomeComesLast() {
        Parameters sure = new Parameters(Vector.of(3, 0), Vector.of());
        Cholesky information =
                Cholesky.of(PackedSymmetric.of(2, new double[] {1, 0, 1})).orElseThrow();
        List<Comparison> options = List.of(
                new Comparison(1, Vector.of(), Vector.of(20, 0), 1, 1),
                new Comparison(1, Vector.of(), Vector.of(0, 1), 1, 1));
        assertThat(DOptimalDesign.of(sure, information, options, 2, false).suggestions())
                .extracting(Suggestion::index)
                .containsExactly(1, 0);
    }

    @Test
    void equalOptionsAreTakenInOrderAndOneMayBeTakenAgain() {
        Parameters parameters = new Parameters(Vector.of(0), Vector.of());
        Cholesky information =
                Cholesky.of(PackedSymmetric.of(1, new double[] {1})).orElseThrow();
        List<Comparison> twins = List.of(option(1, 1), option(1, 1));
        assertThat(DOptimalDesign.of(parameters, information, twins, 5, false).suggestions())
                .extracting(Suggestion::index)
                .containsExactly(0, 1);
        assertThat(DOptimalDesign.of(parameters, information, twins, 3, true).suggestions())
                .extracting(Suggestion::index)
                .containsExactly(0, 0, 0);
    }

    @Test
    void aQuestionIsAskedOfOneAnnotatorOnly() {
        Asked asked = Asked.seeded(6, 4, 2, 60);
        int[] questions = IntStream.range(0, 60).map(option -> option % 7).toArray();
        Cholesky information = Cholesky.of(asked.information()).orElseThrow();
        DOptimalDesign design =
                DOptimalDesign.ofQuestions(asked.parameters(), information, asked.options(), questions, 10);
        assertThat(design.suggestions())
                .extracting(suggestion -> questions[suggestion.index()])
                .hasSize(7)
                .doesNotHaveDuplicates();
        PackedSymmetric before = asked.information();
        List<Integer> closed = new ArrayList<>();
        for (Suggestion suggestion : design.suggestions()) {
            PackedSymmetric now = before;
            int best = IntStream.range(0, 60)
                    .filter(option -> !closed.contains(questions[option]))
                    .boxed()
                    .max(Comparator.comparingDouble(
                            option -> asked.gain(now, asked.options().get(option))))
                    .orElseThrow();
            assertThat(suggestion.index()).isEqualTo(best);
            closed.add(questions[best]);
            before = plus(before, asked.options().get(best), asked.parameters());
        }
        assertThatThrownBy(() -> DOptimalDesign.ofQuestions(
                        asked.parameters(), information, asked.options(), new int[] {1, 2}, 1))
                .hasMessage("questions must be one for each of 60 options, were 2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noOptionsNoSuggestions(boolean repeats) {
        Asked asked = Asked.seeded(1, 2, 1, 0);
        assertThat(asked.design(3, repeats)).isEqualTo(new DOptimalDesign(List.of(), 0));
    }

    @Test
    void whatDoesNotFitIsNamed() {
        Asked asked = Asked.seeded(1, 2, 1, 3);
        List<Comparison> options = new ArrayList<>(asked.options());
        options.add(option(1, 1));
        Asked wrong = new Asked(asked.parameters(), asked.information(), options);
        assertThatThrownBy(() -> wrong.design(1, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("options[3].difference must have 2 numbers, had 1");
        assertThatThrownBy(() -> asked.design(0, false)).hasMessage("count must be at least 1, was 0");
        Cholesky small = Cholesky.of(PackedSymmetric.of(1, new double[] {1})).orElseThrow();
        assertThatThrownBy(() -> DOptimalDesign.of(asked.parameters(), small, options, 1, false))
                .hasMessage("information of size 1 for 3 parameters");
    }

    private static Comparison option(double difference, double weight) {
        return new Comparison(1, Vector.of(), Vector.of(difference), 1, weight);
    }

    /** J + w π(1−π) v vᵀ, entry by entry. */
    private static PackedSymmetric plus(PackedSymmetric information, Comparison added, Parameters at) {
        Vector v = added.marginGradient(at);
        double weight = added.weight() * ChoiceModel.variance(added.margin(at));
        double[][] rows = information.toRows();
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] += weight * v.get(i) * v.get(j);
            }
        }
        return PackedSymmetric.ofRows(rows);
    }

    private static double logDeterminant(PackedSymmetric matrix) {
        return Cholesky.of(matrix).orElseThrow().logDeterminant();
    }
}
