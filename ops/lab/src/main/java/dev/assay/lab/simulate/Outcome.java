package dev.assay.lab.simulate;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.Fit;

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

    /**
     * @param converged what to call it if it has
     * @param zeros of the fit's dimensions
     */
    public static Outcome of(Fit fit, Outcome converged, Parameters zeros, Parameters truth) {
        return switch (fit.status()) {
            case CONVERGED -> converged;
            case SEPARATED -> SEPARATED;
            default -> unconverged(fit.parameters(), zeros, truth);
        };
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
