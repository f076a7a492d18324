package dev.assay.estimator.descent;

import java.util.Arrays;

/** The descents by name: all that a new one is entered in. All end at the same maximum. */
public enum Method {
    /** Gradient steps on θ and γ in turns: MODEL (10), with the lengths of Barzilai and Borwein. */
    ALTERNATING_GRADIENT("alternating-gradient", 1000),
    /** Newton steps on θ and γ in turns, on both as soon as that is safe: MODEL (11). */
    ALTERNATING("alternating", 60),
    /** Newton steps on both from the first. */
    NEWTON("newton", 60),
    /** Limited-memory BFGS: for p above 150. */
    LBFGS("lbfgs", 300);

    /**
     * What a descent remembers from round to round, in named parts: a record of numbers, vectors and records of these, which
     * {@link SavedState} writes and reads.
     */
    public sealed interface State
            permits Opening,
                    AlternatingDescent.State,
                    LbfgsDescent.State,
                    GradientDescent.State,
                    FixedStepDescent.State {}

    private final String label;
    private final int maxRounds;

    Method(String label, int maxRounds) {
        this.label = label;
        this.maxRounds = maxRounds;
    }

    /** As on the command line and in settings. */
    public String label() {
        return label;
    }

    /** @throws IllegalArgumentException if none is called so */
    public static Method of(String label) {
        return Arrays.stream(values())
                .filter(method -> method.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no descent is called " + label));
    }

    /** Rounds after which such a descent has gone astray. */
    public int maxRounds() {
        return maxRounds;
    }

    public Descent descent(FitConfig config) {
        return switch (this) {
            case ALTERNATING_GRADIENT -> new GradientDescent(config);
            case ALTERNATING -> new AlternatingDescent(config);
            case NEWTON -> AlternatingDescent.newton(config);
            case LBFGS -> new LbfgsDescent(config);
        };
    }
}
