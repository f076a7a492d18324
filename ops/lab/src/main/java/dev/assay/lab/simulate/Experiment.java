package dev.assay.lab.simulate;

import java.nio.file.Path;
import java.util.List;

/** A question to the estimator, answered by replications. */
public interface Experiment {
    /** Replications that {@link #run} will make in all. */
    long steps(int replications);

    /**
     * Writes page and plots.
     *
     * @param folder that exists
     * @return the findings, a line each
     */
    List<String> run(Replications replications, Path folder);
}
