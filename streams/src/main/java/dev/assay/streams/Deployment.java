package dev.assay.streams;

import dev.assay.estimator.descent.FitConfig;
import dev.assay.schemas.Topics;
import dev.assay.streams.admit.ContextSpec;
import dev.assay.streams.admit.FeatureSpace;
import dev.assay.streams.collect.ShardShape;
import dev.assay.streams.descend.CoordinatorSettings;
import dev.assay.streams.descend.RerunSchedule;
import dev.assay.streams.publish.Provenance;

/**
 * One model: what every role of a deployment agrees on, made once from its configuration.
 *
 * @param config as read
 * @param featureSpace opened
 */
public record Deployment(ServiceConfig config, FeatureSpace featureSpace) {
    /** @return name of the model */
    public String model() {
        return config.model();
    }

    /** @return the catalogue under this deployment's prefix */
    public Topics topics() {
        return new Topics(config.topics().prefix());
    }

    /** @return number of shards */
    public int shards() {
        return config.topics().shards();
    }

    /** @return context attributes to ψ */
    public ContextSpec contextSpec() {
        return config.context();
    }

    /** @return dimensions and ids of the comparisons */
    public ShardShape shape() {
        return new ShardShape(
                featureSpace.dimension(),
                contextSpec().dimension(),
                featureSpace.id(),
                contextSpec().id());
    }

    /** @return when reruns are due */
    public RerunSchedule schedule() {
        ServiceConfig.RerunConfig rerun = config.rerun();
        return new RerunSchedule(
                rerun.minimumJudgments(),
                rerun.drift(),
                rerun.growth(),
                rerun.lateGrowth(),
                rerun.newJudgments(),
                rerun.interval(),
                rerun.patience());
    }

    /** @return what coordinators are made from */
    public CoordinatorSettings coordinator() {
        return new CoordinatorSettings(
                fitConfig(),
                schedule(),
                config.update().interval(),
                shape().rewardDimension(),
                shape().rationalityDimension());
    }

    /** @return when a descent stops */
    public FitConfig fitConfig() {
        return new FitConfig(config.rerun().maxRounds(), FitConfig.DEFAULTS.tolerance())
                .withWeakPrior(config.rerun().weakPrior());
    }

    /** @return what snapshots say of their origin */
    public Provenance provenance() {
        Package code = Deployment.class.getPackage();
        String revision = code.getImplementationVersion();
        return new Provenance(
                model(),
                featureSpace.id(),
                featureSpace.names(),
                contextSpec().id(),
                contextSpec().names(),
                revision == null ? "unknown" : revision,
                "Java " + Runtime.version() + " on " + System.getProperty("os.arch"));
    }
}
