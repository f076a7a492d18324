package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.estimator.GeneratedData;
import dev.assay.estimator.GeneratedData.Kind;
import dev.assay.estimator.VectorSet;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Shard;
import dev.assay.estimator.sums.StoreShard;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MethodsTest {
    private static final int SEEDS = 8;

    /** Passes to ‖∇ℓ/n‖∞ ≤ 1e-8, start and moments included: the standardised rows of MODEL §6 and two more. */
    @ParameterizedTest(name = "{0} on {1} takes at most {2} passes")
    @CsvSource({
        "ALTERNATING_GRADIENT, S, 30", "ALTERNATING_GRADIENT, M, 28", "ALTERNATING_GRADIENT, M_ILL, 79",
        "ALTERNATING, S, 16", "ALTERNATING, M, 14", "ALTERNATING, M_ILL, 38",
        "LBFGS, S, 15", "LBFGS, M, 13", "LBFGS, M_ILL, 22",
        "NEWTON, S, 9", "NEWTON, M, 8", "NEWTON, M_ILL, 9",
    })
    void passesStayNearTheStudys(Method method, String size, int most) {
        double passes = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            passes += (double) passes(method, kind(size), seed) / SEEDS;
        }
        // The study's rows are of one data set each; passes differ by some from seed to seed.
        assertThat(passes).isLessThanOrEqualTo(most);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void everyMethodEndsAtTheSameMaximumOfEveryVector(Method method) {
        for (String name : List.of("a_small", "d_near_collinear")) {
            VectorSet set = VectorSet.read(name);
            Fit fit = fit(method, FitConfig.DEFAULTS, set);
            assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
            Fit newton = fit(Method.NEWTON, FitConfig.DEFAULTS, set);
            Vector distance = fit.parameters().joint().minus(newton.parameters().joint());
            int p = distance.size();
            double standardErrors = Math.sqrt(newton.information().quadraticForm(distance) / p);
            // Each is at most 1e-7 standard errors from the maximum.
            assertThat(standardErrors).as(name).isLessThan(2e-7);
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void withoutASandwichTheFitIsTheSameButForTheMeat(Method method) {
        VectorSet set = VectorSet.read("a_small");
        Fit with = fit(method, FitConfig.DEFAULTS, set);
        Fit without = fit(method, FitConfig.DEFAULTS.withoutSandwich(), set);
        assertThat(without.parameters()).isEqualTo(with.parameters());
        assertThat(without.information()).isEqualTo(with.information());
        assertThat(with.meat()).isPresent();
        assertThat(without.meat()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void everyMethodSeesThatDataSeparate(Method method) {
        Fit fit = fit(method, FitConfig.DEFAULTS, VectorSet.read("f_separable"));
        assertThat(fit.status()).isEqualTo(FitStatus.SEPARATED);
        assertThat(fit.diagnostics()).extracting(Diagnostic::name).contains("separated");
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void aRidgeMakesSeparableDataEstimable(Method method) {
        VectorSet set = VectorSet.read("f_separable");
        Fit fit = fit(method, FitConfig.DEFAULTS.withRidge(1e-3), set);
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        JsonNode expected = set.expected().get("ridge_fit");
        Vector parameters = VectorSet.vector(expected.get("theta")).concat(VectorSet.vector(expected.get("gamma")));
        assertThat(fit.parameters().joint().toArray()).containsExactly(parameters.toArray(), within(1e-7));
        // The plain likelihood has a slope of up to 1.5 nats a unit there.
        assertThat(fit.logLikelihood()).isCloseTo(expected.get("loglik").asDouble(), within(1e-6));
    }

    private static Fit fit(Method method, FitConfig config, VectorSet set) {
        return method.descent(config.withMaxRounds(method.maxRounds())).fit(Start.cold(set.d(), set.k()), set.shards());
    }

    private static int passes(Method method, Kind kind, long seed) {
        List<Answer> answers = new ArrayList<>();
        Shard shard = new StoreShard(new GeneratedData(seed, kind).store());
        Shard watched = order -> {
            answers.add(shard.answer(order));
            return answers.get(answers.size() - 1);
        };
        Fit fit = method.descent(FitConfig.DEFAULTS.withMaxRounds(method.maxRounds()))
                .fit(Start.cold(kind.d(), kind.k()), List.of(watched));
        assertThat(fit.converged()).isTrue();
        int passes = 0;
        while (!(answers.get(passes).hasStatistics() && largest(answers.get(passes)) <= 1e-8)) {
            passes++;
        }
        return passes + 1;
    }

    private static double largest(Answer answer) {
        double largest = 0;
        for (int i = 0; i < answer.statistics().score().size(); i++) {
            largest = Math.max(largest, Math.abs(answer.statistics().score().get(i)) / answer.weight());
        }
        return largest;
    }

    private static Kind kind(String size) {
        return switch (size) {
            case "S" -> Kind.plain(600, 5, 3);
            case "M" -> Kind.plain(20_000, 32, 8);
            default -> new Kind(20_000, 32, 8, 1, 1.5, 0.2);
        };
    }
}
