package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.cli.command.DeploymentOption;
import dev.assay.cli.demo.DemoCampaign;
import dev.assay.cli.demo.SimulatedCampaign;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.Coverage;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.wire.DeadLetterHeaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was refused because of a wrong config, after the fix, on a real broker. */
@Tag("broker")
class DlqBrokerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int JUDGMENTS = 4_000;
    private static final int EARLY = 300;

    @TempDir
    Path folder;

    @Test
    void redrivenAfterAFixTheEstimateIsThatOfAConfigThatWasRightAtOnce() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("broker"))) {
            DemoCampaign campaign = SimulatedCampaign.draw(folder, broker.bootstrapServers());
            List<Judgment> judgments = campaign.training().subList(0, JUDGMENTS);
            Judgment edited = turned(judgments.get(0));

            Path right = config(campaign.config(), "right.", "dimension: 16", "dimension: 16");
            Deployment atOnce = DeploymentOption.open(right);
            Clients.setUpTopics(atOnce, PATIENCE);
            ParameterSnapshot wanted;
            try (Role estimator = Role.estimator(atOnce, new SimpleMeterRegistry())) {
                assertThat(estimator.failed()).isFalse();
                JudgedStream.write(atOnce, judgments);
                JudgedStream.write(atOnce, List.of(edited));
                wanted = JudgedStream.settled(atOnce, PATIENCE);
            }

            Deployment wrong =
                    DeploymentOption.open(config(campaign.config(), "fix.", "dimension: 16", "dimension: 17"));
            Clients.setUpTopics(wrong, PATIENCE);
            try (Role estimator = Role.estimator(wrong, new SimpleMeterRegistry())) {
                assertThat(estimator.failed()).isFalse();
                JudgedStream.write(wrong, judgments.subList(0, EARLY));
                try (Coverage coverage = new Coverage(wrong)) {
                    coverage.awaitAdmission(PATIENCE);
                }
            }
            Path file = config(campaign.config(), "fix.", "dimension: 16", "dimension: 16");
            Deployment fixed = DeploymentOption.open(file);
            assertThat(Said.done("dlq", "list", "-c", file.toString(), "--limit", "1"))
                    .contains("FEATURE_DIMENSION", "in all                   300", "must have 17 numbers");
            assertThat(Said.done("dlq", "redrive", "-c", file.toString(), "--dry-run", "--reason", "FEATURE_DIMENSION"))
                    .contains("300 of fix.judgments.dlq", "would be admitted");
            try (Role estimator = Role.estimator(fixed, new SimpleMeterRegistry())) {
                assertThat(estimator.failed()).isFalse();
                JudgedStream.write(fixed, List.of(edited)); // newer than what was refused, which must not come over it
                JudgedStream.write(fixed, judgments.subList(EARLY, JUDGMENTS));

                String said = Said.done("dlq", "redrive", "-c", file.toString());
                assertThat(said.lines().skip(1))
                        .anyMatch(line -> line.matches("sent back +299"))
                        .anyMatch(line -> line.matches("superseded by a newer edition +1"));
                ParameterSnapshot redriven = JudgedStream.settled(fixed, PATIENCE);

                assertThat(redriven.sums().judgments()).isEqualTo(JUDGMENTS);
                assertThat(GatewayBrokerTest.standardErrors(fixed, redriven, wanted))
                        .isLessThan(1e-9);
                assertThat(redrivenHeaders(fixed)).hasSize(299).containsOnly("1");
                assertThat(Said.done("dlq", "redrive", "-c", file.toString()))
                        .as("a second time nothing is left to send")
                        .containsPattern("superseded by a newer edition +300")
                        .doesNotContain("sent back");
            }
        }
    }

    private static Judgment turned(Judgment judgment) {
        return new Judgment(
                judgment.judgmentId(),
                judgment.annotatorId(),
                judgment.promptId(),
                judgment.responses(),
                List.of(judgment.ranking().get(1), judgment.ranking().get(0)),
                judgment.weight(),
                null,
                Occasion.of(judgment.occasion().context(), judgment.occasion().source()));
    }

    private Path config(Path template, String prefix, String from, String to) throws Exception {
        Path config = folder.resolve(prefix + "yaml");
        String yaml = Files.readString(template)
                .replace("topics:", "topics:\n  prefix: " + prefix)
                .replace(from, to);
        assertThat(yaml).contains(to);
        Files.writeString(config, yaml);
        return config;
    }

    private static List<String> redrivenHeaders(Deployment deployment) {
        List<String> counts = new ArrayList<>();
        Clients.read(deployment, deployment.topics().judgments().name(), record -> {
            String count = DeadLetterHeaders.get(record.headers(), DeadLetterHeaders.REDRIVEN);
            if (count != null) {
                counts.add(count);
                assertThat(DeadLetterHeaders.get(record.headers(), DeadLetterHeaders.REASON))
                        .isNull();
            }
        });
        return counts;
    }
}
