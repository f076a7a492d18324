package dev.assay.estimator.descent;

/** What the point of a round order is. */
public enum DescentPhase {
    /** No point yet: only moments are asked for. */
    MOMENTS,
    /** A start; whatever it is, the descent goes on from there. */
    START,
    /** A step away from trial 0; taken only if the likelihood is better there. */
    STEP,
    /** The last accepted point again, after a step that led nowhere at any length. */
    RETRY,
    /** An end again, because it is far out: the trials are one standard error to both sides of it. */
    CHECK,
    /** A point of a descent by gradients, which knows its way from {@link DescentState#memory}. */
    GRADIENT
}
