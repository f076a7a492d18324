package dev.assay.cli.deployment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.assay.cli.command.DeploymentCommand;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.service.topics.SnapshotLog;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.score.ScoringModel;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay model}: the newest snapshot, for people or as JSON. */
@Command(name = "model", mixinStandardHelpOptions = true)
public final class ModelCommand extends DeploymentCommand {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final double LEVEL = 0.95;

    @Option(names = "--json")
    private boolean json;

    /** A parameter with its interval. */
    record Estimate(String name, double estimate, double standardError, double lower, double upper) {}

    @Override
    protected int run() throws Exception {
        Deployment opened = existing(PATIENCE);
        ParameterSnapshot snapshot = SnapshotLog.newest(opened);
        if (snapshot == null) {
            return failed("no snapshot of model " + opened.model() + " has been published");
        }
        PrintWriter out = out();
        Map<String, Object> facts = facts(snapshot);
        if (json) {
            out.println(JSON.writeValueAsString(facts));
        } else {
            facts.forEach((name, value) -> print(out, name, value));
        }
        return 0;
    }

    private static void print(PrintWriter out, String name, Object value) {
        if (value instanceof List<?> estimates) {
            out.println(name);
            for (Object each : estimates) {
                out.println("  " + (each instanceof Estimate estimate ? text(estimate) : each));
            }
        } else {
            out.println(name + " " + value);
        }
    }

    private static String text(Estimate estimate) {
        return String.format(
                Locale.ROOT,
                "%-22s %+.4f   95 %% interval [%+.4f, %+.4f]",
                estimate.name(),
                estimate.estimate(),
                estimate.lower(),
                estimate.upper());
    }

    private static Map<String, Object> facts(ParameterSnapshot snapshot) {
        Covariance covariance = ScoringModel.of(snapshot)
                .precision(CovarianceKind.AUTOMATIC)
                .orElseThrow()
                .covariance();
        Inference inference = new Inference(snapshot.parameters(), covariance, LEVEL);
        int d = snapshot.rewardDimension();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("model", snapshot.model());
        facts.put("version", snapshot.version());
        facts.put("kind", snapshot.kind());
        if (snapshot.origin().rolledBackFrom() != null) {
            facts.put("rolledBackFrom", snapshot.origin().rolledBackFrom());
            facts.put("held", "newer estimates are kept back until assay rerun");
        }
        facts.put("publishedAt", snapshot.origin().publishedAt().toString());
        facts.put("judgments", snapshot.sums().judgments());
        facts.put("clusters", snapshot.sums().clusters());
        facts.put("logLikelihood", snapshot.sums().logLikelihood());
        facts.put("rounds", snapshot.quality().rounds());
        facts.put("decrement", snapshot.quality().decrement());
        facts.put("featureSpace", snapshot.spaces().featureSpace());
        facts.put("contextSpec", snapshot.spaces().contextSpec());
        facts.put("covariance", covariance.kind());
        facts.put("rationality", estimates(inference, snapshot.spaces().rationalityNames(), d));
        facts.put("reward", estimates(inference, snapshot.spaces().rewardNames(), 0));
        facts.put("diagnostics", snapshot.quality().diagnostics());
        facts.put("codeRevision", snapshot.origin().codeRevision());
        facts.put("runtime", snapshot.origin().runtime());
        return facts;
    }

    private static List<Estimate> estimates(Inference inference, List<String> names, int first) {
        List<Estimate> estimates = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Interval interval = inference.parameter(first + i);
            estimates.add(new Estimate(
                    names.get(i), interval.estimate(), interval.standardError(), interval.lower(), interval.upper()));
        }
        return estimates;
    }
}
