package dev.assay.streams.model;

import dev.assay.estimator.descent.Method;
import java.util.List;

/**
 * One rerun.
 *
 * @param id unique within the model
 * @param method of its descent
 * @param reason why it was due
 * @param commandIds commands it answers
 * @param judgments comparisons when it began
 * @param drift of the newest update when it began, in standard errors; 0 where there was none
 * @param resumed whether it began at the newest update, rather than with a search for a start
 */
public record Rerun(
        String id,
        Method method,
        RerunReason reason,
        List<String> commandIds,
        long judgments,
        double drift,
        boolean resumed) {
    /** The same from a start of its own: a resumed descent may have been led astray by where it began. */
    public Rerun cold(Method by) {
        return new Rerun(id + "-cold", by, reason, commandIds, judgments, drift, false);
    }
}
