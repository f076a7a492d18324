package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.VectorSet;
import org.junit.jupiter.api.Test;

class DiagonalDescentTest {
    @Test
    void itEndsWhereNewtonDoes() {
        VectorSet set = VectorSet.read("d_near_collinear");
        Fit fit = new DiagonalDescent(FitConfig.DEFAULTS).fit(Start.cold(set.d(), set.k()), set.shards());
        Fit newton = AlternatingDescent.newton(FitConfig.DEFAULTS).fit(Start.cold(set.d(), set.k()), set.shards());
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(fit.parameters().distance(newton.parameters())).isLessThan(1e-6);
    }
}
