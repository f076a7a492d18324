package dev.assay.cli.fit;

import dev.assay.cli.command.AssayCommand;
import dev.assay.cli.command.DeploymentOption;
import dev.assay.cli.command.ReadingOptions;
import dev.assay.cli.command.SaidRefusals;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.service.ingest.JudgedData;
import dev.assay.service.topics.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay fit}: one fit of a file or folder, in this process, with no Kafka. */
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:converged",
            "1:separated, rank deficient or not converged; or judgments were refused, and the rest fitted",
            "2:wrong input or usage"
        })
public final class FitCommand extends AssayCommand {
    private static final Path STANDARD_OUTPUT = Path.of("-");
    private static final int NO_ESTIMATE = 1;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Source source;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE")
    private @Nullable Path config;

    @Mixin
    private FitOptions options = new FitOptions();

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Option(names = "--split-rankings")
    private boolean splitRankings;

    @Option(names = "--level", paramLabel = "LEVEL")
    private @Nullable Double level;

    @Option(
            names = "--covariance",
            paramLabel = "KIND",
            converter = CovarianceWords.class,
            completionCandidates = CovarianceWords.class)
    private CovarianceKind covariance = CovarianceKind.MODEL;

    @Option(names = "--queries", paramLabel = "FILE")
    private @Nullable Path queries;

    @Option(names = "--annotators")
    private boolean annotators;

    @Option(names = "--position")
    private boolean position;

    @Option(names = "--json", paramLabel = "FILE")
    private @Nullable Path json;

    /** Where the comparisons come from: one of two. */
    private static final class Source {
        @Option(names = "--comparisons", paramLabel = "FILE.csv")
        private @Nullable Path comparisons;

        @Option(names = "--judgments", paramLabel = "FILE", arity = "1..*")
        private @Nullable List<Path> judgments;
    }

    @Override
    protected int run() throws IOException {
        options.check();
        if (level != null && !Levels.isUsable(level)) {
            throw new InvalidInputException("--level " + Levels.BOUND + ", was " + level);
        }
        requireWritable();
        FitInput input = input();
        if (annotators && input.annotators().isEmpty()) {
            throw new InvalidInputException("--annotators needs judgments that say who made them, there are none");
        }
        Queries asked =
                queries == null ? null : Queries.read(queries, input.rewardDimension(), input.rationalityDimension());
        double used = level != null ? level : asked != null ? asked.level() : Levels.USUAL;
        TimedFit run = options.fit(input);
        Optional<FitEstimate> estimate = FitEstimate.of(run.fit(), input, covariance);
        QueriesReport answers = asked == null ? null : QueriesReport.of(asked, used, input, estimate);
        AnnotatorsReport judges = annotators
                ? estimate.map(found -> AnnotatorsReport.of(input, found)).orElse(null)
                : null;
        FitReport report = FitReport.of(run, input, used, estimate, answers, judges);
        write(report);
        return report.converged() && input.refusedNothing() ? 0 : NO_ESTIMATE;
    }

    private FitInput input() throws IOException {
        if (source.judgments != null) {
            return FolderComparisons.of(
                    JudgedData.read(source.judgments, reading.reading(), new SaidRefusals(err())),
                    config == null ? null : DeploymentOption.open(config),
                    splitRankings,
                    position);
        }
        InvalidInputException.require(config == null, "--config is for --judgments, which was not given");
        InvalidInputException.require(!reading.given(), "--format is for --judgments, which was not given");
        InvalidInputException.require(!splitRankings, "--split-rankings is for --judgments, which was not given");
        InvalidInputException.require(!position, "--position is for --judgments, which was not given");
        return ComparisonsFile.read(Objects.requireNonNull(source.comparisons, "one of the two, picocli sees to it"));
    }

    /** Before the work rather than after it. */
    private void requireWritable() {
        if (json == null || json.equals(STANDARD_OUTPUT)) {
            return;
        }
        Path folder = json.toAbsolutePath().getParent();
        if (Files.isDirectory(json) || folder == null || !Files.isDirectory(folder)) {
            throw new InvalidInputException("--json: must be a file in a folder that exists, was " + json);
        }
    }

    private void write(FitReport report) throws IOException {
        if (json == null) {
            new FitTable(out()).print(report);
        } else if (json.equals(STANDARD_OUTPUT)) {
            out().print(report.json());
        } else {
            Files.writeString(json, report.json());
        }
        out().flush();
        if (json != null && !report.converged()) {
            err().println("assay: fit " + report.status());
            report.course().diagnostics().forEach(found -> err().println("assay: " + found.message()));
        }
    }
}
