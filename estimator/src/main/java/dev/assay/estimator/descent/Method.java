package dev.assay.estimator.descent;

import java.util.function.Function;

/** The descents by name: all that a new one is entered in. All end at the same maximum. */
public enum Method {
    /** Gradient steps on θ and γ in turns: MODEL (10), with the lengths of Barzilai and Borwein. */
    ALTERNATING_GRADIENT("alternating-gradient", 1000, GradientDescent::new),
    /** Newton steps on θ and γ in turns, on both as soon as that is safe: MODEL (11). */
    ALTERNATING("alternating", 60, AlternatingDescent::new),
    /** Newton steps on both from the first. */
    NEWTON("newton", 60, AlternatingDescent::newton),
    /** Limited-memory BFGS: for p above 150. */
    LBFGS("lbfgs", 300, LbfgsDescent::new);

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
    private final Function<FitConfig, Descent> maker;

    Method(String label, int maxRounds, Function<FitConfig, Descent> maker) {
        this.label = label;
        this.maxRounds = maxRounds;
        this.maker = maker;
    }

    /** As on the command line and in settings. */
    public String label() {
        return label;
    }

    /** Rounds after which such a descent has gone astray. */
    public int maxRounds() {
        return maxRounds;
    }

    public Descent descent(FitConfig config) {
        return maker.apply(config);
    }
}
