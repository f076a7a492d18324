package dev.assay.estimator.columns;

/**
 * What is kept up over rows that arrive, change and leave: an edit is {@code subtract} of the old row and {@code add} of the
 * new one. Nothing holds on to a block after the call.
 */
public abstract class RunningRows {
    public final void add(ComparisonBlock rows) {
        change(rows, 1);
    }

    /** They must be as they were when they were added. */
    public final void subtract(ComparisonBlock rows) {
        change(rows, -1);
    }

    public final void add(RankingBlock rows) {
        change(rows, 1);
    }

    /** They must be as they were when they were added. */
    public final void subtract(RankingBlock rows) {
        change(rows, -1);
    }

    /** @param sign 1 to add the rows, -1 to take them out again */
    protected abstract void change(ComparisonBlock rows, int sign);

    /** @param sign 1 to add the rankings, -1 to take them out again */
    protected abstract void change(RankingBlock rows, int sign);
}
