package dev.assay.lab.chaos;

import dev.assay.lab.process.BrokerCluster;
import dev.assay.streams.Deployment;
import dev.assay.streams.ServiceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The config files of a run. */
final class RunConfig {
    private RunConfig() {}

    /** Writes them, and returns the harness's. */
    static Deployment write(RunPlan plan, BrokerCluster brokers, Path folder) throws IOException {
        Path config = folder.resolve("assay.yaml");
        String yaml = yaml(plan, brokers);
        Files.writeString(config, yaml);
        for (int slot = 0; slot <= plan.instances(); slot++) {
            String way = brokers.network().bootstrapServers(slot);
            Files.writeString(of(slot, folder), yaml.replace(brokers.bootstrapServers(), way));
        }
        ServiceConfig service = ServiceConfig.read(config);
        return new Deployment(service, service.features().open(folder));
    }

    /** Of the estimator in a slot: the harness's but for the way to the brokers. */
    static Path of(int slot, Path folder) {
        return folder.resolve("assay-" + slot + ".yaml");
    }

    private static String yaml(RunPlan plan, BrokerCluster brokers) {
        return """
                model: chaos
                kafka:
                  bootstrap.servers: %s
                  session.timeout.ms: 6000
                  heartbeat.interval.ms: 1000
                  transaction.timeout.ms: 10000
                topics:
                  prefix: chaos-%d-%d.
                  shards: 4
                  replication: %d
                context:
                  offset: 1.0
                  attributes:
                    - {name: experience, kind: numeric}
                    - {name: fatigue, kind: numeric}
                features:
                  kind: vectors
                  name: chaos
                  dimension: %d
                score:
                  decisions: features
                rerun:
                  interval: PT2S
                  minimum-judgments: 100
                  patience: PT3S
                threads: %d
                """.formatted(
                        brokers.bootstrapServers(),
                        plan.seed(),
                        System.nanoTime(),
                        brokers.size(),
                        ChaosCampaign.REWARD_DIMENSION,
                        1 + Math.floorMod(plan.seed(), 2));
    }
}
