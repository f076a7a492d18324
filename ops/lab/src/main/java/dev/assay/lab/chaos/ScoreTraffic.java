package dev.assay.lab.chaos;

import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.selection.Centring;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.model.ScoreRequest;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.ScoreRequestCodec;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Score requests of a few candidates, a few a second: what is asked varies as far as the record lets it. */
final class ScoreTraffic {
    private static final double PER_SECOND = 5;
    private static final List<CovarianceKind> COVARIANCES =
            List.of(CovarianceKind.AUTOMATIC, CovarianceKind.MODEL, CovarianceKind.CLUSTERED);

    private final Deployment deployment;
    private final SplittableRandom random;
    private final ScoreRequestCodec codec;
    private final Set<String> owed = ConcurrentHashMap.newKeySet();
    private int asked;
    private volatile boolean joined;

    ScoreTraffic(Deployment deployment, SplittableRandom random) {
        this.deployment = deployment;
        this.random = random;
        codec = new ScoreRequestCodec(deployment.wire());
    }

    /** Sends what is due. */
    void turn(double elapsedSeconds, OrderedSending sending, History history) {
        for (; asked < elapsedSeconds * PER_SECOND; asked++) {
            ScoreRequest request = request("score-" + asked);
            if (joined) {
                owed.add(request.requestId());
            }
            byte[] key = request.requestId().getBytes(StandardCharsets.UTF_8);
            sending.send(
                    request.requestId(),
                    new ProducerRecord<>(deployment.topics().scoreRequests().name(), key, codec.encode(request)),
                    history.noting(History.words(request, joined)));
        }
    }

    /**
     * Whether the workers have noted for every partition how far they are. Before that a worker that starts reads what comes
     * from then on only, so requests are owed an answer from here.
     */
    boolean joined() throws InterruptedException, ExecutionException {
        try (Admin admin = Clients.admin(deployment)) {
            long noted = admin
                    .listConsumerGroupOffsets(Role.group(deployment, "scorer"))
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .filter(Objects::nonNull)
                    .count();
            joined = noted == deployment.shards();
        }
        return joined;
    }

    /** Whether there is an answer to every request that is owed one. */
    boolean answered() {
        Set<String> answered = new HashSet<>();
        try (TopicTail replies =
                Clients.tail(deployment, deployment.topics().scoreReplies().name())) {
            replies.readToEnd(reply -> answered.add(new String(reply.key(), StandardCharsets.UTF_8)));
        }
        return answered.containsAll(owed);
    }

    private ScoreRequest request(String id) {
        List<ScoreRequest.Candidate> candidates = IntStream.range(0, random.nextInt(1, 7))
                .mapToObj(number -> new ScoreRequest.Candidate("c" + number, null, features()))
                .toList();
        boolean byQuantile = random.nextInt(4) == 0;
        return new ScoreRequest(
                id,
                candidates,
                byQuantile || random.nextBoolean() ? null : (Double) random.nextDouble(0.5, 0.999),
                COVARIANCES.get(random.nextInt(COVARIANCES.size())),
                random.nextBoolean() ? Centring.FEATURE_SPACE : Centring.CANDIDATES,
                null,
                byQuantile ? (Double) random.nextDouble(0, 4) : null,
                false);
    }

    private float[] features() {
        float[] features = new float[ChaosCampaign.REWARD_DIMENSION];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
        }
        return features;
    }
}
