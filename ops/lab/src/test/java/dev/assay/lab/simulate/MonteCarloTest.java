package dev.assay.lab.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MonteCarloTest {
    @Test
    void theErrorOfAMeanIsTheDeviationOverTheRootOfTheCount() {
        MonteCarlo mean = MonteCarlo.of(1, 3, 5, 7);
        assertThat(mean.mean()).isEqualTo(4);
        assertThat(mean.standardError()).isCloseTo(Math.sqrt(20 / 3.0 / 4), within(1e-15));
    }

    @Test
    void theRootHasTheErrorOfItsFirstOrder() {
        MonteCarlo root = new MonteCarlo(16, 0.8, 9).root();
        assertThat(root).isEqualTo(new MonteCarlo(4, 0.1, 9));
    }

    @Test
    void whatIsNotThereIsNotWritten() {
        assertThat(MonteCarlo.of().text(3)).isEqualTo("–");
        assertThat(MonteCarlo.of(0.5).text(3)).isEqualTo("0.500");
        assertThat(new MonteCarlo(0.95049, 0.0069, 1000).text(3)).isEqualTo("0.950 ± 0.007");
    }
}
