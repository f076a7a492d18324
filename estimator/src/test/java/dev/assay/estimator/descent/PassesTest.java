package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.GeneratedData;
import dev.assay.estimator.GeneratedData.Kind;
import dev.assay.estimator.sums.Shard;
import dev.assay.estimator.sums.StoreShard;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Passes over the data to the exact maximum, start included, the moments left out: MODEL §6 measured 7, 6, 7 and 6. */
class PassesTest {
    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("small", Kind.plain(600, 5, 3), 30, 7),
                Arguments.of("medium", Kind.plain(20_000, 32, 8), 1, 7),
                Arguments.of("medium, ill-conditioned, 20 % adversarial", new Kind(20_000, 32, 8, 1, 1.5, 0.2), 1, 8),
                Arguments.of("60 % adversarial", new Kind(2000, 8, 4, 1, 0, 0.6), 30, 8),
                Arguments.of("offset 0.3", new Kind(2000, 8, 4, 0.3, 0, 0), 30, 8),
                Arguments.of("offset 0.03", new Kind(2000, 8, 4, 0.03, 0, 0), 30, 8),
                Arguments.of("8 judgments a parameter", Kind.plain(200, 20, 5), 30, 20));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void everyFitConvergesWithinSoManyPasses(String name, Kind kind, int seeds, int most) {
        for (int seed = 1; seed <= seeds; seed++) {
            AtomicInteger passes = new AtomicInteger();
            Shard shard = new StoreShard(new GeneratedData(seed, kind).store());
            Shard counting = order -> {
                passes.addAndGet(order.wanted().moments() ? 0 : 1);
                return shard.answer(order);
            };
            Fit fit = new AlternatingDescent(FitConfig.DEFAULTS).fit(Start.cold(kind.d(), kind.k()), List.of(counting));
            assertThat(fit.status()).as("%s, seed %s", name, seed).isEqualTo(FitStatus.CONVERGED);
            assertThat(passes.get()).as("%s, seed %s", name, seed).isLessThanOrEqualTo(most);
        }
    }
}
