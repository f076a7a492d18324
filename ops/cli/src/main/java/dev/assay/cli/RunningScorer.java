package dev.assay.cli;

import dev.assay.schemas.Topics;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.ServiceConfig;
import dev.assay.streams.adapt.ParameterSnapshot;
import dev.assay.streams.admit.RememberedFeatures;
import dev.assay.streams.score.NewestModel;
import dev.assay.streams.score.SnapshotFeed;
import dev.assay.streams.serve.ScorerServer;
import dev.assay.streams.serve.ScoringDesk;
import dev.assay.streams.serve.ServeSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A scorer with its Kafka clients: follows the snapshots, answers requests on the topic and over HTTP. */
final class RunningScorer implements AutoCloseable {
    private static final int REMEMBERED_TEXTS = 10_000;

    private final @Nullable SnapshotFeed feed;
    private final Role worker;
    private final ScorerServer server;
    private final String address;

    private RunningScorer(@Nullable SnapshotFeed feed, Role worker, ScorerServer server, String address) {
        this.feed = feed;
        this.worker = worker;
        this.server = server;
        this.address = address;
    }

    /**
     * Starts a scorer; the deployment's topics are there.
     *
     * @param pinned the snapshot to answer from for good; null: the newest
     */
    static RunningScorer start(
            Deployment deployment, ServeSettings settings, @Nullable ParameterSnapshot pinned, MeterRegistry meters) {
        NewestModel newest = new NewestModel(meters);
        SnapshotFeed feed = pinned == null ? follow(deployment, newest, meters) : null;
        if (pinned != null) {
            newest.offer(pinned);
        }
        ServiceConfig.ScoreConfig score = deployment.config().score();
        ScoringDesk desk = new ScoringDesk(
                newest,
                new RememberedFeatures(deployment.featureSpace(), REMEMBERED_TEXTS, meters, "serve"),
                deployment.contextSpec(),
                score.level(),
                score.maxCandidates());
        ScorerServer server = ScorerServer.start(
                settings,
                deployment.config().gateway(),
                new ScorerServer.Surroundings(
                        desk,
                        () -> feed == null ? Duration.ZERO : feed.sinceConfirmed(),
                        meters,
                        InstantSource.system()));
        String scheme = settings.tlsKeyStore() == null ? "http" : "https";
        return new RunningScorer(
                feed, Role.scorer(deployment, meters), server, scheme + "://" + settings.host() + ":" + server.port());
    }

    private static SnapshotFeed follow(Deployment deployment, NewestModel newest, MeterRegistry meters) {
        Topics.Topic topic = deployment.topics().parameters(deployment.shape().parameters());
        return SnapshotFeed.follow(
                deployment.model(), topic.name(), () -> Clients.consumer(deployment), newest, meters);
    }

    /** @return where it listens, as a URL */
    String address() {
        return address;
    }

    /** Takes no more requests, waits for those under way, then leaves the group. */
    @Override
    public void close() {
        server.close();
        worker.close();
        if (feed != null) {
            feed.close();
        }
    }
}
