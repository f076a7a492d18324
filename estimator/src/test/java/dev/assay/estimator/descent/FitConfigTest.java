package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FitConfigTest {
    @Test
    void theDefaultsAreThese() {
        assertThat(FitConfig.DEFAULTS).isEqualTo(new FitConfig(60, 1e-7, 0, 0, true));
    }

    @Test
    void settingsOutOfBoundsAreRefusedByName() {
        assertThatThrownBy(() -> new FitConfig(1, 1e-7)).hasMessageContaining("fit.max-rounds");
        assertThatThrownBy(() -> FitConfig.DEFAULTS.withRidge(-1)).hasMessageContaining("fit.ridge");
        assertThatThrownBy(() -> FitConfig.DEFAULTS.withWeakPrior(Double.NaN)).hasMessageContaining("fit.weak-prior");
        assertThatThrownBy(() -> new FitConfig(60, 0)).hasMessageContaining("fit.tolerance");
        assertThatThrownBy(() -> new FitConfig(60, Double.NaN)).hasMessageContaining("fit.tolerance");
    }
}
