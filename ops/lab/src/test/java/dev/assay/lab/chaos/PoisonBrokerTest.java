package dev.assay.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.cli.demo.DemoCampaign;
import dev.assay.cli.demo.SimulatedCampaign;
import dev.assay.lab.evidence.ExpectedFit;
import dev.assay.lab.evidence.ExpectedSet;
import dev.assay.lab.evidence.PublishedLog;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.roles.RunningGateway;
import dev.assay.service.roles.RunningScorer;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.Coverage;
import dev.assay.service.topics.JudgmentWriter;
import dev.assay.service.topics.SnapshotLog;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.ServeSettings;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.DeadLetterHeaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands on a topic of ours, every role goes on, and the estimate is that of all the rest. */
@Tag("broker")
class PoisonBrokerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SimpleMeterRegistry scoring = new SimpleMeterRegistry();
    private final ExpectedSet judged = new ExpectedSet();
    private final Map<String, String> found = new TreeMap<>(); // places in quarantine, with their reasons

    @Test
    void everyKindOfRecordOnEveryTopicIsPutAsideAndStopsNobody() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("broker"))) {
            DemoCampaign campaign = SimulatedCampaign.draw(folder, broker.bootstrapServers());
            Deployment deployment = campaign.deployment();
            Clients.setUpTopics(deployment, PATIENCE);
            try (Role estimator = Role.estimator(deployment, meters)) {
                estimator.bindTo(meters);
                judge(deployment, campaign.training().subList(0, 2_000));
                ParameterSnapshot before = settled(deployment);
                try (RunningGateway gateway = RunningGateway.start(
                                deployment,
                                GatewaySettings.DEFAULTS.withPort(0),
                                PlatformSettings.DEFAULTS,
                                new SimpleMeterRegistry());
                        RunningScorer scorer = RunningScorer.start(
                                deployment, ServeSettings.DEFAULTS.withPort(0), null, null, scoring)) {
                    answersFrom(scorer, before);
                    poison(deployment, new Poisons(deployment, before, 0));
                    judge(deployment, campaign.training().subList(2_000, 3_000));
                    ParameterSnapshot after = settled(deployment);
                    assertThat(after.version()).isGreaterThan(before.version());
                    assertThat(after.sums().judgments()).isEqualTo(3_000);
                    assertThat(standardErrorsFromOffline(deployment, after)).isLessThan(1e-6);
                    answersFrom(scorer, after);
                    assertThat(get(gateway.address() + "/health/ready").statusCode())
                            .isEqualTo(200);
                    assertThat(estimator.running()).isTrue();
                    assertThat(deadThreads()).isZero();
                    assertThat(found.values()).doesNotContain("FAILED");
                    try (PublishedLog log = new PublishedLog(SnapshotLog.parameters(deployment))) {
                        assertThat(PublishedLog.firstStepBack(log.read())).isEmpty();
                    }
                }
            }
            // What stands on the topics is no harm to the next one either.
            try (Role restarted = Role.estimator(deployment, new SimpleMeterRegistry())) {
                judge(deployment, campaign.training().subList(3_000, 3_200));
                ParameterSnapshot later = settled(deployment);
                assertThat(later.sums().judgments()).isEqualTo(3_200);
                assertThat(standardErrorsFromOffline(deployment, later)).isLessThan(1e-6);
                assertThat(restarted.running()).isTrue();
            }
        }
    }

    private void judge(Deployment deployment, List<Judgment> judgments) throws Exception {
        try (JudgmentWriter writer = new JudgmentWriter(deployment)) {
            judgments.forEach(writer::write);
            writer.flush();
        }
        judgments.forEach(judged::judged);
    }

    private static ParameterSnapshot settled(Deployment deployment) throws Exception {
        try (Coverage coverage = new Coverage(deployment)) {
            coverage.awaitAdmission(PATIENCE);
            return coverage.awaitSnapshot(PATIENCE);
        }
    }

    private double standardErrorsFromOffline(Deployment deployment, ParameterSnapshot snapshot) {
        return ExpectedFit.of(judged, deployment).standardErrorsFrom(snapshot.parameters());
    }

    private void poison(Deployment deployment, Poisons poisons) throws Exception {
        int parameters = deployment.shape().parameters();
        try (KafkaProducer<byte[], byte[]> producer = Clients.producer(deployment, Map.of("linger.ms", 0));
                TopicTail quarantine = Clients.tail(
                        deployment, deployment.topics().quarantine(parameters).name())) {
            for (List<Poisons.Poison> ofTopic : poisons.read()) {
                assertThat(ofTopic).hasSize(12);
                for (Poisons.Poison poison : ofTopic) {
                    RecordMetadata sent = producer.send(poison.record()).get();
                    if (poison.unusable()) {
                        awaitAside(quarantine, poison.kind(), sent);
                    }
                }
            }
            for (Poisons.Poison poison : poisons.others()) {
                producer.send(poison.record()).get();
            }
        }
    }

    private void awaitAside(TopicTail quarantine, String kind, RecordMetadata sent) {
        String place = sent.topic() + "/" + sent.partition() + "/" + sent.offset();
        long begun = System.nanoTime();
        while (!found.containsKey(place)) {
            assertThat(System.nanoTime() - begun).as("%s at %s", kind, place).isLessThan(PATIENCE.toNanos());
            quarantine
                    .poll()
                    .forEach(record -> found.put(
                            new String(record.key(), StandardCharsets.UTF_8),
                            String.valueOf(DeadLetterHeaders.get(record.headers(), DeadLetterHeaders.REASON))));
        }
    }

    private void answersFrom(RunningScorer scorer, ParameterSnapshot snapshot) throws Exception {
        long begun = System.nanoTime();
        while (scoring.get("score.snapshot.version").gauge().value() < snapshot.version()) {
            assertThat(System.nanoTime() - begun).isLessThan(PATIENCE.toNanos());
            Thread.onSpinWait();
        }
        assertThat(get(scorer.address() + "/health/ready").statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> get(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private double deadThreads() {
        return meters.getMeters().stream()
                .filter(meter -> meter.getId().getName().contains("failed.stream.threads"))
                .mapToDouble(meter -> meter.measure().iterator().next().getValue())
                .sum();
    }
}
