package dev.assay.lab.simulate.coverage;

import dev.assay.lab.simulate.Page;
import dev.assay.lab.simulate.Replications;
import java.nio.file.Path;
import java.util.List;

/** A further check that comes with an experiment, as a section of a page. */
interface Check {
    /** Replications that {@link #run} will make in all. */
    long steps(int replications);

    /** @return the findings, a line each */
    List<String> run(Replications replications, Path folder, Page page);
}
