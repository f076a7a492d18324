package dev.assay.lab.simulate;

import dev.assay.estimator.choice.Parameters;

/** How a descent ended. */
public enum Outcome {
    BEST("best optimum"),
    OTHER("another optimum"),
    WRONG_SIGN("wrong sign escape"),
    RISING_LOSS("rising loss"),
    SEPARATED("separated"),
    NOT_CONVERGED("not converged");

    private static final double RUNNING_OFF = 2; // times as long as at the start

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    /** What to call a descent that ran out of iterations: an escape is against the truth, and γ runs off. */
    public static Outcome unconverged(Parameters end, Parameters start, Parameters truth) {
        boolean against = end.reward().dot(truth.reward()) < 0;
        double limit = RUNNING_OFF * Math.max(start.rationality().length(), 1);
        return against && end.rationality().length() > limit ? WRONG_SIGN : NOT_CONVERGED;
    }

    String text() {
        return text;
    }
}
