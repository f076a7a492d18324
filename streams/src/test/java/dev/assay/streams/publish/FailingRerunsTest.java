package dev.assay.streams.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.descent.FitStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** What is said of reruns that fail on end. */
class FailingRerunsTest {
    private static final String GAUGE = "publish.reruns.failing";

    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void threeOnEndAreSaidWithTheReasonOfTheLast() {
        FailingReruns reruns = new FailingReruns(meters);
        reruns.ended(FitStatus.SEPARATED);
        reruns.ended(FitStatus.RANK_DEFICIENT);
        assertThat(FailingReruns.said(meters, 3)).isEmpty();

        reruns.ended(FitStatus.RANK_DEFICIENT);

        assertThat(FailingReruns.said(meters, 3)).hasValue("rerun failed 3 times: RANK_DEFICIENT");
        assertThat(meters.get(GAUGE).tag("reason", "SEPARATED").gauge().value()).isZero();
    }

    @Test
    void oneThatSucceedsEndsIt() {
        FailingReruns reruns = new FailingReruns(meters);
        reruns.ended(FitStatus.SEPARATED);

        reruns.ended(FitStatus.CONVERGED);

        assertThat(FailingReruns.said(meters, 1)).isEmpty();
    }

    @Test
    void whoTakesOverIsHeardAndNotWhoHadIt() {
        FailingReruns before = new FailingReruns(meters);
        before.ended(FitStatus.SEPARATED);
        FailingReruns now = new FailingReruns(meters);
        assertThat(FailingReruns.said(meters, 1)).isEmpty();

        now.ended(FitStatus.NOT_CONVERGED);

        assertThat(FailingReruns.said(meters, 1)).hasValue("rerun failed 1 times: NOT_CONVERGED");
    }
}
