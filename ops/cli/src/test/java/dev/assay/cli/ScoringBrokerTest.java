package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.cli.command.Failures;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.selection.Centring;
import dev.assay.schemas.UndecodableException;
import dev.assay.service.roles.KafkaScorer;
import dev.assay.service.topics.CheckedSender;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.ScoreClient;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.Decision;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.ScoreAnswer;
import dev.assay.streams.model.ScoreBatch;
import dev.assay.streams.model.ScoreBatchReply;
import dev.assay.streams.model.ScoreReply;
import dev.assay.streams.model.ScoreRequest;
import dev.assay.streams.model.ScoreRequest.Candidate;
import dev.assay.streams.score.DecisionMaker;
import dev.assay.streams.score.ReplyTopics;
import dev.assay.streams.score.ScoreProcessor;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.DecisionCodec;
import dev.assay.streams.wire.ScoreReplyCodec;
import dev.assay.streams.wire.ScoreRequestCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scoring over topics: workers, clients with topics of their own, and what becomes of requests that cannot be answered so. */
@Tag("broker")
class ScoringBrokerTest {
    private static final int REQUESTS = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String MINE = "s.score-replies.mine";
    private static final String SMALL = "s.score-replies.small";
    private static final String COMPACTED = "s.score-replies.compacted";

    @TempDir
    Path folder;

    @Test
    void twoWorkersAnswerEveryRequestWhereItAsksThoughOneLeaves() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("broker"))) {
            Deployment deployment = deployment(broker);
            SimpleMeterRegistry first = new SimpleMeterRegistry();
            SimpleMeterRegistry second = new SimpleMeterRegistry();
            Map<String, Integer> answered = new HashMap<>();
            ScoreReplyCodec codec = new ScoreReplyCodec(deployment.wire());
            try (KafkaScorer leaving = KafkaScorer.start(deployment, null, (record, found) -> {}, first);
                    KafkaScorer staying = KafkaScorer.start(deployment, null, (record, found) -> {}, second);
                    CheckedSender sender = new CheckedSender(deployment);
                    TopicTail replies = Clients.tail(deployment, MINE)) {
                awaitBoth(deployment, first, second);
                for (int i = 0; i < REQUESTS; i++) {
                    if (i == REQUESTS / 2) {
                        sender.flush();
                        leaving.close();
                    }
                    sender.send(record(deployment, request("r" + i, 1, i), Map.of(ReplyTopics.HEADER, MINE)));
                }
                sender.flush();
                long deadline = System.nanoTime() + PATIENCE.toNanos();
                while (answered.size() < REQUESTS && System.nanoTime() < deadline) {
                    replies.poll().forEach(reply -> count(codec, reply.value(), answered));
                }
                assertThat(staying.running()).isTrue();
            }
            assertThat(answered).hasSize(REQUESTS);
        }
    }

    @Test
    void whatCannotBeAnsweredAsAskedIsRefusedAndStopsNobody() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("broker"))) {
            Deployment deployment = deployment(broker);
            try (KafkaScorer worker =
                            KafkaScorer.start(deployment, null, (record, found) -> {}, new SimpleMeterRegistry());
                    ScoreClient common = new ScoreClient(deployment);
                    ScoreClient mine = new ScoreClient(deployment, MINE);
                    ScoreClient small = new ScoreClient(deployment, SMALL)) {
                ScoreRequest one = request("r", 1, 3);
                common.ask(one, 1, PATIENCE);

                assertThat(mine.exchange(one, Map.of(ReplyTopics.HEADER, MINE), PATIENCE))
                        .isInstanceOf(ScoreReply.Scored.class);
                assertThat(refusal(common, one, ReplyTopics.HEADER, "s.score-replies.nobody"))
                        .contains("header assay.reply-topic must name a topic that exists");
                assertThat(refusal(common, one, ReplyTopics.HEADER, "s.parameters"))
                        .contains("must be s.score-replies or begin with s.score-replies., was 's.parameters'");
                assertThat(refusal(common, one, ReplyTopics.HEADER, COMPACTED))
                        .contains("topic " + COMPACTED, "must have cleanup.policy delete, has compact");
                assertThat(refusal(common, one, ScoreProcessor.DEADLINE_HEADER, "soon"))
                        .contains("header assay.deadline must be milliseconds since 1970");
                assertThat(common.exchange(one, Map.of(ScoreProcessor.DEADLINE_HEADER, "1"), PATIENCE))
                        .isInstanceOf(ScoreReply.Expired.class);
                assertThat(refusal(small, request("r", 200, 3), ReplyTopics.HEADER, SMALL))
                        .contains("to fit topic " + SMALL, "ask for fewer candidates");

                ScoreBatchReply batch = (ScoreBatchReply) mine.exchange(
                        new ScoreBatch("b", List.of(one, request("s", 2, 4))),
                        Map.of(ReplyTopics.HEADER, MINE),
                        PATIENCE);
                assertThat(Objects.requireNonNull(batch).replies())
                        .hasSize(2)
                        .allSatisfy(reply -> assertThat(
                                        ((ScoreReply.Scored) reply).basis().parameterVersion())
                                .isEqualTo(1));

                try (Admin admin = Clients.admin(deployment)) {
                    admin.deleteTopics(List.of(MINE)).all().get();
                }
                try (CheckedSender sender = new CheckedSender(deployment)) {
                    sender.send(record(deployment, one, Map.of(ReplyTopics.HEADER, MINE)));
                    sender.flush();
                }
                // Whatever became of that one, those after it are answered.
                common.ask(one, 1, PATIENCE);
                assertThat(worker.running()).isTrue();
            }
        }
    }

    @Test
    void whatWasAnsweredIsComputedAgainAndWhatWasChangedIsFound() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("broker"))) {
            Deployment deployment = deployment(broker);
            ScoreBatch batch = new ScoreBatch("b", List.of(request("s", 5, 4), request("t", 3, 9)));
            try (KafkaScorer worker =
                            KafkaScorer.start(deployment, null, (record, found) -> {}, new SimpleMeterRegistry());
                    ScoreClient client = new ScoreClient(deployment)) {
                client.ask(request("warm", 1, 1), 1, PATIENCE);
                client.exchange(batch, Map.of(), PATIENCE);
                assertThat(worker.running()).isTrue();
            }
            List<Decision> kept = decisions(deployment);
            Decision last = kept.get(kept.size() - 1);
            String config = folder.resolve("assay.yaml").toString();
            Said replayed = Said.assay("replay", "-c", config);
            assertThat(replayed.out()).contains(kept.size() + " decisions: " + kept.size() + " equal, 0 differ");
            assertThat(replayed.exitCode()).isZero();

            Decision bare = kept.stream()
                    .filter(decision -> decision.origin().requestId().equals("t"))
                    .findFirst()
                    .orElseThrow()
                    .withoutFeatures();
            double[] changed = last.intervals().lower().clone();
            changed[0] = Math.nextUp(changed[0]);
            send(
                    deployment,
                    bare,
                    with(last, last.basis().parameterVersion(), changed),
                    with(last, 77, last.intervals().lower()));
            Path recorded = Files.writeString(
                    folder.resolve("requests.jsonl"),
                    "{\"base64\": \""
                            + Base64.getEncoder().encodeToString(new ScoreRequestCodec(deployment.wire()).encode(batch))
                            + "\"}\n");

            Said tampered = Said.assay("replay", "-c", config);
            assertThat(tampered.exitCode()).isEqualTo(Failures.FAILED);
            assertThat(tampered.out())
                    .contains("differs: lower[0] was " + changed[0] + ", is now "
                            + last.intervals().lower()[0])
                    .contains(kept.size() + " equal, 1 differ, 1 version gone, 1 without features, 0 unreadable")
                    .contains("1 of them were computed by elsewhere, here is Java");
            assertThat(Said.assay("replay", "-c", config, "--requests", recorded.toString())
                            .out())
                    .contains(kept.size() + 1 + " equal, 1 differ, 1 version gone, 0 without features");
        }
    }

    private static Decision with(Decision d, long version, double[] lower) {
        return new Decision(
                new Decision.Origin(
                        d.origin().requestId(),
                        d.origin().kind(),
                        d.origin().requestHash(),
                        d.origin().position(),
                        d.origin().time()),
                new Decision.Basis(
                        version,
                        d.basis().featureSpace(),
                        d.basis().covariance(),
                        d.basis().centre(),
                        d.basis().level(),
                        d.basis().quantile()),
                d.chosen(),
                new Decision.Intervals(
                        d.intervals().rewards(),
                        d.intervals().standardErrors(),
                        lower,
                        d.intervals().upper()),
                d.features(),
                "elsewhere");
    }

    private static void send(Deployment deployment, Decision... decisions) throws Exception {
        try (CheckedSender sender = new CheckedSender(deployment)) {
            for (Decision decision : decisions) {
                sender.send(new ProducerRecord<>(
                        deployment.topics().scoreDecisions().name(),
                        decision.origin().requestId().getBytes(StandardCharsets.UTF_8),
                        new DecisionCodec(deployment.wire()).encode(decision)));
            }
            sender.flush();
        }
    }

    private static List<Decision> decisions(Deployment deployment) {
        List<Decision> found = new ArrayList<>();
        Clients.read(deployment, deployment.topics().scoreDecisions().name(), record -> {
            try {
                found.add(new DecisionCodec(deployment.wire()).decode(record.value()));
            } catch (UndecodableException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(found).allSatisfy(decision -> assertThat(decision.runtime()).isEqualTo(DecisionMaker.runtime()));
        return found;
    }

    private static String refusal(ScoreClient client, ScoreRequest request, String header, String value) {
        ScoreAnswer answer = client.exchange(request, Map.of(header, value), PATIENCE);
        return ((ScoreReply.Refused) Objects.requireNonNull(answer)).reason();
    }

    private static void count(ScoreReplyCodec codec, byte[] value, Map<String, Integer> answered) {
        try {
            ScoreReply.Scored scored = (ScoreReply.Scored) codec.decode(value);
            int number = Integer.parseInt(scored.requestId().substring(1));
            assertThat(scored.candidates().get(0).getReward()).isEqualTo(2.0 * number); // θ = 2
            answered.merge(scored.requestId(), 1, Integer::sum);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    /** Until each has scored something: then both have their share of the partitions. */
    private static void awaitBoth(Deployment deployment, SimpleMeterRegistry first, SimpleMeterRegistry second)
            throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (ScoreClient client = new ScoreClient(deployment)) {
            for (int i = 0;
                    first.counter("score.requests.scored").count() == 0
                            || second.counter("score.requests.scored").count() == 0;
                    i++) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                client.exchange(request("w" + i, 1, i), Map.of(), Duration.ofSeconds(1)); // each another partition
            }
        }
    }

    private static ScoreRequest request(String id, int candidates, int feature) {
        List<Candidate> each = candidates == 1
                ? List.of(new Candidate("c", null, new float[] {feature, 0}))
                : Collections.nCopies(candidates, new Candidate("c", null, new float[] {0.1f * feature, 1}));
        return new ScoreRequest(
                id,
                each,
                null,
                CovarianceKind.AUTOMATIC,
                candidates == 1 ? Centring.FEATURE_SPACE : Centring.CANDIDATES,
                null);
    }

    private static ProducerRecord<byte[], byte[]> record(
            Deployment deployment, ScoreRequest request, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                "s.score-requests",
                request.requestId().getBytes(StandardCharsets.UTF_8),
                new ScoreRequestCodec(deployment.wire()).encode(request));
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private Deployment deployment(EmbeddedBroker broker) throws Exception {
        Deployment deployment = WrittenOut.deployment(folder, broker, 2, "score: {decisions: features}");
        try (Admin admin = Clients.admin(deployment)) {
            admin.createTopics(List.of(
                            new NewTopic(MINE, 1, (short) 1),
                            new NewTopic(SMALL, 1, (short) 1).configs(Map.of("max.message.bytes", "1500")),
                            new NewTopic(COMPACTED, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
        WrittenOut.publish(deployment, snapshot(deployment));
        return deployment;
    }

    private static ParameterSnapshot snapshot(Deployment deployment) {
        return WrittenOut.snapshot(deployment, 1, ParameterSnapshot.Kind.RERUN, Vector.of(2, -1.1));
    }
}
