package dev.assay.cli.demo;

import dev.assay.cli.command.Progress;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.inference.LikelihoodRatio;
import dev.assay.estimator.selection.Centring;
import dev.assay.service.offline.HeldOut;
import dev.assay.service.offline.OfflineFit;
import dev.assay.service.topics.Coverage;
import dev.assay.service.topics.JudgmentWriter;
import dev.assay.service.topics.ScoreClient;
import dev.assay.streams.features.PositionFeatureSpace;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.ScoreReply;
import dev.assay.streams.model.ScoreRequest;
import dev.assay.streams.score.ScoringModel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One demo from the first judgment to the report. The roles are running already; what is measured is what they do. */
final class DemoRun {
    private static final double LEVEL = 0.95;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final DemoCampaign campaign;
    private final MeterRegistry meters;
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    /**
     * @param campaign what to run on
     * @param meters of the estimator in this process, for the counts of admitted and refused
     * @param startUp seconds the parts before took, by name
     */
    DemoRun(DemoCampaign campaign, MeterRegistry meters, Map<String, Double> startUp) {
        this.campaign = campaign;
        this.meters = meters;
        seconds.putAll(startUp);
    }

    DemoReport run() throws Exception {
        long begin = System.nanoTime();
        stream();
        ParameterSnapshot snapshot;
        try (Coverage coverage = new Coverage(campaign.deployment())) {
            coverage.awaitAdmission(PATIENCE);
            lap("stream", begin);
            long admitted = System.nanoTime();
            snapshot = coverage.awaitSnapshot(PATIENCE);
            lap("settle", admitted);
        }
        long scoring = System.nanoTime();
        List<DemoReport.Choice> choices = choices(snapshot.version());
        lap("score", scoring);
        long offlineBegin = System.nanoTime();
        OfflineFit offline = OfflineFit.of(campaign.deployment());
        Fit heterogeneous = offline.heterogeneous();
        Fit bradleyTerry = offline.bradleyTerry();
        DemoReport.HeldOutQuality heldOut = heldOut(snapshot, offline, bradleyTerry);
        lap("offline", offlineBegin);
        return report(snapshot, heterogeneous, bradleyTerry, heldOut, choices);
    }

    private void stream() throws Exception {
        List<Judgment> training = campaign.training();
        try (JudgmentWriter writer = new JudgmentWriter(campaign.deployment());
                Progress progress = Progress.of("judgments", "sent", training.size())) {
            for (Judgment judgment : training) {
                writer.write(judgment);
                progress.step();
            }
            writer.flush();
        }
    }

    private List<DemoReport.Choice> choices(long version) throws Exception {
        List<DemoReport.Choice> choices = new ArrayList<>();
        try (ScoreClient client = new ScoreClient(campaign.deployment())) {
            for (DemoCampaign.Prompt prompt : campaign.prompts()) {
                ScoreRequest request = new ScoreRequest(
                        "demo-" + choices.size(),
                        prompt.candidates(),
                        LEVEL,
                        CovarianceKind.AUTOMATIC,
                        Centring.FEATURE_SPACE,
                        null);
                choices.add(choice(prompt, client.ask(request, version, PATIENCE)));
            }
        }
        return choices;
    }

    private static DemoReport.Choice choice(DemoCampaign.Prompt prompt, ScoreReply.Scored reply) {
        List<DemoReport.Scored> candidates = reply.candidates().stream()
                .map(c -> new DemoReport.Scored(
                        c.getCandidateId(), c.getReward(), c.getStandardError(), c.getLower(), c.getUpper()))
                .toList();
        return new DemoReport.Choice(
                prompt.text(),
                candidates.get(reply.best()).id(),
                candidates.get(reply.pessimistic()).id(),
                candidates);
    }

    private DemoReport.HeldOutQuality heldOut(ParameterSnapshot snapshot, OfflineFit offline, Fit bradleyTerry) {
        HeldOut heldOut = new HeldOut(campaign.deployment(), campaign.heldOut());
        int length = campaign.lengthFeature();
        return new DemoReport.HeldOutQuality(
                heldOut.of(snapshot.parameters()),
                heldOut.ofReward(bradleyTerry.parameters().reward()),
                length < 0
                        ? null
                        : heldOut.ofFeature(
                                offline.bradleyTerryOn(length).parameters().reward(), length));
    }

    private DemoReport report(
            ParameterSnapshot snapshot,
            Fit heterogeneous,
            Fit bradleyTerry,
            DemoReport.HeldOutQuality heldOut,
            List<DemoReport.Choice> choices) {
        Covariance model = Covariance.model(snapshot.sums().information()).orElseThrow();
        Covariance covariance = ScoringModel.of(snapshot)
                .precision(CovarianceKind.AUTOMATIC)
                .orElseThrow()
                .covariance();
        return new DemoReport(
                judgments(),
                new DemoReport.Snapshot(
                        campaign.deployment().shards(), snapshot.quality().rounds(), snapshot.version()),
                likelihood(snapshot, bradleyTerry.logLikelihood()),
                new DemoReport.Effects(
                        covariance.kind().name(),
                        effects(snapshot, covariance, model),
                        position(snapshot, covariance, model)),
                heldOut,
                choices,
                largestDifference(snapshot.parameters(), heterogeneous),
                seconds);
    }

    private static DemoReport.Likelihood likelihood(ParameterSnapshot snapshot, double bradleyTerry) {
        int degreesOfFreedom = snapshot.rationalityDimension();
        double ratio = degreesOfFreedom == 0
                ? 0
                : LikelihoodRatio.of(bradleyTerry, snapshot.sums().logLikelihood(), degreesOfFreedom)
                        .statistic();
        return new DemoReport.Likelihood(snapshot.sums().logLikelihood(), bradleyTerry, ratio, degreesOfFreedom);
    }

    private List<DemoReport.Effect> effects(ParameterSnapshot snapshot, Covariance covariance, Covariance model) {
        Parameters truth = campaign.truth();
        List<DemoReport.Effect> effects = new ArrayList<>();
        for (int i = 0; i < snapshot.rationalityDimension(); i++) {
            effects.add(effect(
                    snapshot,
                    snapshot.spaces().rationalityNames().get(i),
                    snapshot.rewardDimension() + i,
                    covariance,
                    model,
                    truth == null ? null : truth.rationality().get(i)));
        }
        return effects;
    }

    private static DemoReport.@Nullable Effect position(
            ParameterSnapshot snapshot, Covariance covariance, Covariance model) {
        int index = snapshot.spaces().rewardNames().indexOf(PositionFeatureSpace.SHOWN_FIRST);
        return index < 0 ? null : effect(snapshot, PositionFeatureSpace.SHOWN_FIRST, index, covariance, model, null);
    }

    private static DemoReport.Effect effect(
            ParameterSnapshot snapshot,
            String name,
            int index,
            Covariance covariance,
            Covariance model,
            @Nullable Double truth) {
        Interval interval = new Inference(snapshot.parameters(), covariance, LEVEL).parameter(index);
        return new DemoReport.Effect(
                name,
                interval.estimate(),
                interval.standardError(),
                model.standardErrors().get(index),
                interval.lower(),
                interval.upper(),
                interval.estimate() / interval.standardError(),
                truth);
    }

    private static double largestDifference(Parameters streamed, Fit offline) {
        Vector errors = Covariance.model(offline).orElseThrow().standardErrors();
        Vector difference = streamed.joint().minus(offline.parameters().joint());
        double largest = 0;
        for (int i = 0; i < errors.size(); i++) {
            largest = Math.max(largest, Math.abs(difference.get(i)) / errors.get(i));
        }
        return largest;
    }

    private DemoReport.Judgments judgments() {
        long admitted = counted("admit.judgments.admitted");
        long refused = counted("admit.judgments.rejected");
        double rate = (admitted + refused) / seconds.getOrDefault("stream", 1.0);
        return new DemoReport.Judgments(admitted + refused, admitted, refused, rate);
    }

    private long counted(String name) {
        return (long) meters.find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private void lap(String part, long beginNanos) {
        seconds.put(part, (System.nanoTime() - beginNanos) / 1e9);
    }
}
