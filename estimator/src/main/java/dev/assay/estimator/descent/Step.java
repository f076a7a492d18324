package dev.assay.estimator.descent;

/** What a {@link Descent} decides after a round. */
public sealed interface Step {
    /** Ask the shards again. */
    record Ask(RoundOrder order) implements Step {}

    /** The fit has ended, well or not. */
    record Done(Fit fit) implements Step {}

    static Step ask(RoundOrder order) {
        return new Ask(order);
    }

    static Step done(Fit fit) {
        return new Done(fit);
    }
}
