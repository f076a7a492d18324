package dev.assay.service.roles;

import dev.assay.schemas.Topic;
import dev.assay.service.http.Health;
import dev.assay.service.http.HttpAnswer;
import dev.assay.service.serve.KeptDecisions;
import dev.assay.service.serve.PolicyResponses;
import dev.assay.service.serve.ScorerServer;
import dev.assay.service.serve.dashboard.ActivityFeed;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.ServiceConfig;
import dev.assay.streams.features.RememberedFeatures;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.quarantine.QuarantineSender;
import dev.assay.streams.score.DecisionMaker;
import dev.assay.streams.score.ProducerDecisionLog;
import dev.assay.streams.settings.ServeSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;

/** A scorer with its Kafka clients: follows the snapshots, answers requests on the topic and over HTTP. */
public final class RunningScorer implements RunningRole {
    private final KafkaScorer worker;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ProducerDecisionLog log;
    private final ActivityFeed activity;
    private final ScorerServer server;

    /**
     * Starts a scorer; the deployment's topics are there.
     *
     * @param policies whose responses are ranked; null: none
     * @param pinned the snapshot to answer from for good; null: the newest
     */
    public static RunningScorer start(
            Deployment deployment,
            ServeSettings settings,
            @Nullable PolicyResponses policies,
            @Nullable ParameterSnapshot pinned,
            MeterRegistry meters) {
        return new RunningScorer(deployment, settings, policies, pinned, meters);
    }

    private RunningScorer(
            Deployment deployment,
            ServeSettings settings,
            @Nullable PolicyResponses policies,
            @Nullable ParameterSnapshot pinned,
            MeterRegistry meters) {
        // Requests on the topic.
        producer = Clients.producer(deployment);
        QuarantineSender aside = QuarantineSender.by(deployment.quarantine(meters), producer);
        worker = KafkaScorer.start(deployment, pinned, aside, meters);

        // Requests over HTTP: answered from the same snapshot.
        ServiceConfig.ScoreConfig score = deployment.config().score();
        ScoringDesk desk = new ScoringDesk(
                worker.newest(),
                new RememberedFeatures(deployment.featureSpace(), RememberedFeatures.USUAL_CAPACITY, meters, "serve"),
                deployment.contextSpec(),
                score.level(),
                score.maxCandidates());
        Topic topic = deployment.topics().scoreDecisions();
        log = new ProducerDecisionLog(producer, topic.name(), deployment.wire(), meters);
        KeptDecisions decisions = new KeptDecisions(
                new DecisionMaker(score.decisions(), topic.maxMessageBytes()), log, InstantSource.system());

        // What the dashboard shows.
        activity = ActivityFeed.follow(
                new ActivityFeed.Deployed(
                        deployment.model(),
                        deployment.topics(),
                        deployment.shape().parameters(),
                        deployment.shards(),
                        deployment.wire()),
                () -> Clients.consumer(deployment),
                worker.newest(),
                aside,
                meters);

        server = ScorerServer.start(
                settings,
                deployment.config().servers().gateway(),
                new ScorerServer.Surroundings(
                        deployment.model(),
                        desk,
                        decisions,
                        policies,
                        new ScorerServer.Life(() -> worker.dead().isEmpty(), worker::sinceConfirmed),
                        activity::seen,
                        meters,
                        InstantSource.system()));
    }

    @Override
    public String address() {
        return server.http().address();
    }

    @Override
    public void watchedBy(Operations operations) {
        operations.watch(worker::dead, this::readiness);
        if (operations.asked()) {
            worker.bindTo(operations.meters());
        }
    }

    /** Over HTTP and on the topic: the server's own route says the former alone. */
    private HttpAnswer readiness() {
        List<String> wrong = worker.wrong();
        return wrong.isEmpty() ? server.readiness() : Health.Ready.unless(wrong);
    }

    @Override
    public List<String> dead() {
        return worker.dead();
    }

    /** Takes no more requests, waits for those under way, then leaves the group. */
    @Override
    public void close() {
        server.close();
        log.close();
        activity.close();
        worker.close();
        producer.close();
    }
}
