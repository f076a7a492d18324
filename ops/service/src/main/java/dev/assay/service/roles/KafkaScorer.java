package dev.assay.service.roles;

import dev.assay.schemas.Topic;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.score.NewestModel;
import dev.assay.streams.score.SnapshotFeed;
import dev.assay.streams.score.Snapshots;
import dev.assay.streams.score.TopicDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A scoring worker with the clients it needs: follows the snapshots and answers the requests on the topic. */
public final class KafkaScorer implements MeterBinder, AutoCloseable {
    private final NewestModel newest;
    private final @Nullable SnapshotFeed feed;
    private final TopicDirectory directory;
    private final Role worker;

    /**
     * Starts a worker; the deployment's topics are there.
     *
     * @param pinned the snapshot to answer from for good; null: those that {@code score.snapshots} says
     * @param aside takes snapshots that cannot be used
     */
    public static KafkaScorer start(
            Deployment deployment,
            @Nullable ParameterSnapshot pinned,
            BiConsumer<ConsumerRecord<byte[], byte[]>, Exception> aside,
            MeterRegistry meters) {
        return new KafkaScorer(deployment, pinned, aside, meters);
    }

    private KafkaScorer(
            Deployment deployment,
            @Nullable ParameterSnapshot pinned,
            BiConsumer<ConsumerRecord<byte[], byte[]>, Exception> aside,
            MeterRegistry meters) {
        newest = new NewestModel(meters);
        if (pinned != null) {
            newest.offer(pinned);
        }
        feed = pinned == null ? follow(deployment, newest, aside, meters) : null;
        directory = new TopicDirectory(() -> Clients.admin(deployment));
        worker = Role.scorer(deployment, newest, directory, meters);
    }

    private static SnapshotFeed follow(
            Deployment deployment,
            NewestModel newest,
            BiConsumer<ConsumerRecord<byte[], byte[]>, Exception> aside,
            MeterRegistry meters) {
        int parameters = deployment.shape().parameters();
        Topic topic = deployment.config().score().snapshots() == Snapshots.RERUNS
                ? deployment.topics().parameterHistory(parameters)
                : deployment.topics().parameters(parameters);
        return SnapshotFeed.follow(
                deployment.model(),
                topic.name(),
                () -> Clients.consumer(deployment),
                deployment.wire(),
                newest,
                aside,
                meters);
    }

    /** @return what it answers from */
    NewestModel newest() {
        return newest;
    }

    /** @return how long ago the broker said that there is nothing newer */
    Duration sinceConfirmed() {
        return feed == null ? Duration.ZERO : feed.sinceConfirmed();
    }

    /** @return why it will not come right again by itself; empty: it gets on */
    List<String> dead() {
        List<String> dead = new ArrayList<>(worker.dead());
        if (feed != null && !feed.alive()) {
            dead.add("nobody follows the snapshots any more");
        }
        return dead;
    }

    /** @return what is wrong with its answers to requests on the topic; empty: nothing */
    List<String> wrong() {
        return worker.wrong();
    }

    /** Shows what Kafka measures of it. */
    @Override
    public void bindTo(MeterRegistry meters) {
        worker.bindTo(meters);
    }

    /** @return whether requests are assigned to it */
    public boolean running() {
        return worker.running();
    }

    @Override
    public void close() {
        worker.close();
        directory.close();
        if (feed != null) {
            feed.close();
        }
    }
}
