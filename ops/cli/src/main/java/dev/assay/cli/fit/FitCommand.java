package dev.assay.cli.fit;

import dev.assay.cli.command.AssayCommand;
import dev.assay.cli.command.DeploymentOption;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.service.topics.InvalidInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
        description = {
            "Fit rewards and rationality to judgments in a file or folder.",
            "",
            "Each line is one judgment: with sigma = psi0 + gamma_1 psi_1 + ... and m = sigma (theta_1 z_1 + ...) the "
                    + "first response is preferred with probability 1 / (1 + exp(-m)). theta is in log-odds per unit of z "
                    + "at rationality sigma = 1, gamma in rationality per unit of psi, log-likelihoods are in nats.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:converged", "1:separated, rank deficient or not converged", "2:wrong input or usage"})
public final class FitCommand extends AssayCommand {
    private static final Path STANDARD_OUTPUT = Path.of("-");
    private static final int NO_ESTIMATE = 1;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Source source;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "With --judgments: the deployment's config file, for its features and context. Default: the "
                    + "folder's vectors or else features of its texts, and the context attributes known to the demo.")
    private @Nullable Path config;

    @Mixin
    private FitOptions options = new FitOptions();

    @Option(
            names = "--split-rankings",
            description = {
                "With --judgments: turn each ranking of K responses into its K(K-1)/2 pairs instead of fitting its "
                        + "choices. The pairs are not independent, so that the errors of --covariance model are too "
                        + "small: for comparison with tools that do so."
            })
    private boolean splitRankings;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "Of the two-sided intervals. Default: that of the queries, else 0.95.")
    private @Nullable Double level;

    @Option(
            names = "--covariance",
            paramLabel = "KIND",
            converter = CovarianceWords.class,
            completionCandidates = CovarianceWords.class,
            description = "What standard errors, intervals and selections rest on: ${COMPLETION-CANDIDATES}. model, "
                    + "observed and sandwich have normal quantiles; clustered (by annotator) Student's; auto chooses and "
                    + "says why. Default: model.")
    private CovarianceKind covariance = CovarianceKind.MODEL;

    @Option(
            names = "--queries",
            paramLabel = "FILE",
            description = {
                "JSON with what to ask of the estimate: level (of the intervals, as 0.95), actions (lists of d features), "
                        + "difference_pairs (of indices into the actions, from 0), contexts_psi0 and contexts_psi (k "
                        + "features each), selection_sets (lists of actions) and, if wanted, test_point (d + k "
                        + "parameters). Margin i is of context i with difference pair i."
            })
    private @Nullable Path queries;

    @Option(
            names = "--annotators",
            description = "Also say how each annotator judges compared with what is expected of somebody in the same "
                    + "contexts, the least rational first, and flag those surely worse.")
    private boolean annotators;

    @Option(
            names = "--position",
            description = "With --judgments that have shown_first: one feature more, shown_first, whose coefficient in "
                    + "theta is the position bias.")
    private boolean position;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the result there as JSON, - for standard output. Default: a table on standard output.")
    private @Nullable Path json;

    /** Where the comparisons come from: one of two. */
    private static final class Source {
        @Option(
                names = "--comparisons",
                paramLabel = "FILE.csv",
                description = {
                    "CSV in UTF-8 with a header; columns go by name, in any order:",
                    "y: 1 the first response preferred, 0 the second, 0.5 a tie;",
                    "psi0: known part of the rationality, usually 1;",
                    "psi_1 ... psi_k: context features, may be left out;",
                    "z_1 ... z_d: features of the first minus the second response;",
                    "w: how many identical judgments the line stands for; 1 if left out;",
                    "annotator: who judged; each line is somebody else's if left out."
                })
        private @Nullable Path comparisons;

        @Option(
                names = "--judgments",
                paramLabel = "DIR",
                description = "A folder in the neutral format: judgments.jsonl and responses.jsonl, each also as .gz.")
        private @Nullable Path judgments;
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
        return report.converged() ? 0 : NO_ESTIMATE;
    }

    private FitInput input() throws IOException {
        if (source.judgments != null) {
            return FolderComparisons.read(
                    source.judgments, config == null ? null : DeploymentOption.open(config), splitRankings, position);
        }
        if (config != null) {
            throw new InvalidInputException("--config is for --judgments, which was not given");
        }
        if (splitRankings) {
            throw new InvalidInputException("--split-rankings is for --judgments, which was not given");
        }
        if (position) {
            throw new InvalidInputException("--position is for --judgments, which was not given");
        }
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
        PrintWriter out = out();
        if (json == null) {
            new FitTable(out).print(report);
        } else if (json.equals(STANDARD_OUTPUT)) {
            out.print(report.json());
        } else {
            Files.writeString(json, report.json());
        }
        out.flush();
        if (json != null && !report.converged()) {
            PrintWriter err = err();
            err.println("assay: fit " + report.status());
            report.diagnostics().forEach(found -> err.println("assay: " + found.message()));
        }
    }
}
