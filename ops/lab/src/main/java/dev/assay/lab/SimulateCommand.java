package dev.assay.lab;

import dev.assay.cli.broker.WorkFolder;
import dev.assay.cli.command.Progress;
import dev.assay.cli.fit.FitInput;
import dev.assay.cli.fit.FolderComparisons;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.lab.simulate.BestOfNExperiment;
import dev.assay.lab.simulate.EstimationExperiment;
import dev.assay.lab.simulate.Experiment;
import dev.assay.lab.simulate.JudgedBestOfN;
import dev.assay.lab.simulate.JudgedFolder;
import dev.assay.lab.simulate.Replications;
import dev.assay.lab.simulate.SuggestExperiment;
import dev.assay.lab.simulate.UpdateExperiment;
import dev.assay.lab.simulate.UpdateStream;
import dev.assay.lab.simulate.coverage.CoverageExperiment;
import dev.assay.service.ingest.JudgedData;
import dev.assay.service.topics.InvalidInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code assay simulate}: studies of the estimator on judgments whose truth is known. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(estimation | coverage | best-of-n | updates | suggest)",
        resourceBundle = "dev.assay.lab.help")
final class SimulateCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which study: estimation, coverage, best-of-n, updates or suggest?");
    }

    @Command(name = "estimation", mixinStandardHelpOptions = true)
    int estimation(@Mixin StudyOptions options) throws IOException {
        return run("estimation", new EstimationExperiment(), options);
    }

    @Command(name = "coverage", mixinStandardHelpOptions = true)
    int coverage(@Mixin StudyOptions options) throws IOException {
        return run("coverage", new CoverageExperiment(), options);
    }

    @Command(name = "best-of-n", mixinStandardHelpOptions = true)
    int bestOfN(@Mixin StudyOptions options, @Option(names = "--data", paramLabel = "DIR") @Nullable Path data)
            throws IOException {
        if (data == null) {
            return run("best-of-n", new BestOfNExperiment(), options);
        }
        try (WorkFolder work = WorkFolder.temporary()) {
            return run("best-of-n", new JudgedBestOfN(JudgedFolder.read(data, work.path())), options);
        }
    }

    @Command(name = "updates", mixinStandardHelpOptions = true)
    int updates(@Mixin StudyOptions options, @Option(names = "--data", paramLabel = "DIR") @Nullable Path data)
            throws IOException {
        List<UpdateStream> real = data == null
                ? List.of()
                : List.of(UpdateStream.of(
                        String.valueOf(data.toAbsolutePath().normalize().getFileName()), pairs(data)));
        return run("updates", new UpdateExperiment(real), options);
    }

    @Command(name = "suggest", mixinStandardHelpOptions = true)
    int suggest(@Mixin StudyOptions options, @Option(names = "--data", paramLabel = "DIR", required = true) Path data)
            throws IOException {
        try (WorkFolder work = WorkFolder.temporary()) {
            return run("suggest", new SuggestExperiment(JudgedFolder.read(data, work.path())), options);
        }
    }

    private static DoubleComparisonStore pairs(Path data) throws IOException {
        FitInput input = FolderComparisons.of(JudgedData.whole(data), null, false, false);
        if (input.rankings().size() > 0) {
            throw new InvalidInputException("--data: this study is of pairs, " + data + " has "
                    + input.rankings().size() + " judgments of more than two responses");
        }
        return input.store();
    }

    private int run(String name, Experiment experiment, StudyOptions options) throws IOException {
        // Plots are drawn into memory; without this some systems would open a window or look for a screen.
        System.setProperty("java.awt.headless", "true");
        Path folder = options.folder();
        PrintWriter out = spec.commandLine().getOut();
        try (Progress progress = Progress.of(name, "replications", experiment.steps(options.replications()));
                Replications replications = options.start(progress::step)) {
            experiment.run(replications, folder).forEach(out::println);
        }
        out.println("written to " + folder);
        out.flush();
        return 0;
    }
}
