package dev.assay.streams;

import dev.assay.estimator.descent.FitConfig;
import dev.assay.schemas.Topics;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.collect.ShardShape;
import dev.assay.streams.descend.CoordinatorSettings;
import dev.assay.streams.descend.RerunSchedule;
import dev.assay.streams.features.ContextSpec;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.publish.Provenance;
import dev.assay.streams.quarantine.Quarantine;
import dev.assay.streams.score.DecisionMaker;
import dev.assay.streams.wire.registry.RegistryFormat;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/**
 * One model: what every role of a deployment agrees on, made once from its configuration.
 *
 * @param config as read
 * @param featureSpace opened
 * @param wire how records are framed on its topics
 */
public record Deployment(ServiceConfig config, FeatureSpace featureSpace, WireFormat wire) {
    // Standard errors a parameter, of a rerun: judgments that came and went leave no more of a trace than that.
    private static final double EXACT = 1e-9;

    /** As the configuration says. */
    public Deployment(ServiceConfig config, FeatureSpace featureSpace) {
        this(
                config,
                featureSpace,
                config.cluster()
                        .registry()
                        .wireFormat(new Topics(config.cluster().topics().prefix())));
    }

    /**
     * Registers the records' schemas, where there is a registry. Whoever writes to the deployment's topics does it first; it
     * changes nothing where it was done before.
     *
     * @throws dev.assay.streams.wire.registry.RegistryRefusedException if the registry refuses one; names subject and reason
     * @throws dev.assay.streams.wire.registry.RegistryUnavailableException if it does not answer in time
     */
    public void registerSchemas() {
        if (wire instanceof RegistryFormat registry) {
            registry.register();
        }
    }

    /** @return name of the model */
    public String model() {
        return config.model();
    }

    /** @return the catalogue under this deployment's prefix */
    public Topics topics() {
        return new Topics(config.cluster().topics().prefix());
    }

    /** @return number of shards */
    public int shards() {
        return config.cluster().topics().shards();
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

    /** @return puts aside what cannot be used of its topics; counts with these meters */
    public Quarantine quarantine(MeterRegistry meters) {
        return new Quarantine(topics(), model(), shape().parameters(), wire, meters, InstantSource.system());
    }

    /** @return when reruns are due */
    public RerunSchedule schedule() {
        return config.estimate().rerun().schedule();
    }

    /** @return what coordinators are made from */
    public CoordinatorSettings coordinator() {
        return new CoordinatorSettings(
                config.estimate().rerun().method(),
                fitConfig(),
                schedule(),
                config.estimate().update().interval(),
                shape().rewardDimension(),
                shape().rationalityDimension());
    }

    /** @return when a descent stops */
    public FitConfig fitConfig() {
        return new FitConfig(config.estimate().rerun().maxRounds(), EXACT)
                .withWeakPrior(config.estimate().rerun().weakPrior());
    }

    /** @return what snapshots say of their origin */
    public Provenance provenance() {
        Package code = Deployment.class.getPackage();
        String revision = code.getImplementationVersion();
        return new Provenance(
                model(),
                new ParameterSnapshot.Spaces(
                        featureSpace.id(),
                        contextSpec().id(),
                        featureSpace.names(),
                        contextSpec().names()),
                revision == null ? "unknown" : revision,
                DecisionMaker.runtime());
    }
}
