package dev.assay.estimator.descent;

/**
 * Notices parameters on their way to infinity when no single answer proves it: near-separation makes score and decrement
 * shrink as at a maximum, but the steps keep their length while the largest standard error grows: MODEL §6 (b).
 */
final class SeparationWatch {
    private static final double ERROR_GROWTH = 1.1;
    private static final double ERROR_STANDS = 1.02;
    private static final double STEP_LEFT = 0.25;
    // A maximum far out looks the same on the way: with one judgment against e^14 others, margins grow to 14 by about 1
    // a
    // step, from 2 to 4 at the start. It ends; a run to infinity does not.
    private static final int STREAK = 12;
    private static final int LIKELY = 5;

    // Standard errors of whitened parameters are below 1 where judgments tell anything.
    private static final double SUSPECT_ERROR = 5;

    private SeparationWatch() {}

    /** Steps that looked like a run to infinity since the errors last stood still, this one included. */
    static int streak(Accepted before, double stepLength, double largestError) {
        if (!(before.largestError() > 0) || largestError <= ERROR_STANDS * before.largestError()) {
            return 0;
        }
        boolean running =
                largestError > ERROR_GROWTH * before.largestError() && stepLength >= STEP_LEFT * before.stepLength();
        return before.growthStreak() + (running ? 1 : 0);
    }

    static boolean separated(int streak) {
        return streak >= STREAK;
    }

    /** For a fit that ends without a maximum. */
    static boolean likely(AlternatingDescent.State state, double largestError) {
        return state.problem().ridge() == 0
                && (state.accepted().growthStreak() >= LIKELY
                        || (largestError > SUSPECT_ERROR && largestError < Double.MAX_VALUE));
    }
}
