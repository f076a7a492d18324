package dev.assay.lab.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ReplicationMeanTest {
    @Test
    void theErrorOfAMeanIsTheDeviationOverTheRootOfTheCount() {
        ReplicationMean mean = ReplicationMean.of(1, 3, 5, 7);
        assertThat(mean.mean()).isEqualTo(4);
        assertThat(mean.standardError()).isCloseTo(Math.sqrt(20 / 3.0 / 4), within(1e-15));
    }

    @Test
    void theRootHasTheErrorOfItsFirstOrder() {
        ReplicationMean root = new ReplicationMean(16, 0.8, 9).root();
        assertThat(root).isEqualTo(new ReplicationMean(4, 0.1, 9));
    }

    @Test
    void whatIsNotThereIsNotWritten() {
        assertThat(ReplicationMean.of().text(3)).isEqualTo("–");
        assertThat(ReplicationMean.of(0.5).text(3)).isEqualTo("0.500");
        assertThat(new ReplicationMean(0.95049, 0.0069, 1000).text(3)).isEqualTo("0.950 ± 0.007");
    }
}
