package dev.assay.bench.streaming;

import dev.assay.bench.http.Pace;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.selection.Centring;
import dev.assay.streams.model.ScoreRequest;
import dev.assay.streams.model.ScoreRequest.Candidate;
import dev.assay.streams.score.ReplyTopics;
import dev.assay.streams.score.ScoreProcessor;
import dev.assay.streams.wire.ScoreRequestCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * How long does a client wait that asks over Kafka, from sending a request until its reply is on the client's own topic of
 * replies? {@code ops/bench/score-kafka}. The stamps of requests and replies, whole milliseconds of one clock, tell which half of
 * the way takes the time.
 */
public final class ScoreKafka {
    private static final int CANDIDATES = 16;
    private static final int WARM_UP_SECONDS = 10;
    private static final int DISTINCT = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Trial trial;
    private final String replyTopic;
    private final int pace;
    private final int warmUp;
    private final long[] dueNanos;
    private final AtomicLongArray receivedNanos;
    private final AtomicLongArray processedMillis;
    private final long[] sentMillis;
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger tried = new AtomicInteger();
    private final List<byte[]> bodies = new ArrayList<>();

    private ScoreKafka(Trial trial, int seconds, int pace) {
        this.trial = trial;
        this.pace = pace;
        replyTopic = trial.deployment().topics().ownReplies() + "bench";
        warmUp = WARM_UP_SECONDS * pace;
        int all = warmUp + seconds * pace;
        dueNanos = new long[all];
        sentMillis = new long[all];
        receivedNanos = new AtomicLongArray(all);
        processedMillis = new AtomicLongArray(all);
        SplittableRandom random = new SplittableRandom(13);
        for (int body = 0; body < DISTINCT; body++) {
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < CANDIDATES; i++) {
                float[] features = new float[Trial.D];
                for (int j = 0; j < features.length; j++) {
                    features[j] = (float) random.nextDouble(-1, 1);
                }
                candidates.add(new Candidate("c" + i, null, features));
            }
            bodies.add(new ScoreRequestCodec()
                    .encode(new ScoreRequest(
                            "r" + body, candidates, null, CovarianceKind.AUTOMATIC, Centring.CANDIDATES, null)));
        }
    }

    /** @param args seconds, default 30, after ten of warm-up; requests a second, default 100 */
    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 30;
        int pace = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        try (Cluster cluster = Cluster.start()) {
            Trial trial = Trial.create(cluster, "kafka", "minimum-judgments: " + Long.MAX_VALUE);
            ScoreKafka load = new ScoreKafka(trial, seconds, pace);
            cluster.createTopic(load.replyTopic, 1);
            try (PublishedSnapshots snapshots = new PublishedSnapshots(trial);
                    ChildProcess scorer = Cluster.scorer(trial, "0-1")) {
                ScoreLoad.ready(scorer, snapshots, ScoreLoad.bodies(true).get(0));
                load.run();
            }
        }
    }

    private void run() throws Exception {
        Map<String, Object> atOnce = Map.of(ProducerConfig.LINGER_MS_CONFIG, 0, ProducerConfig.ACKS_CONFIG, "all");
        try (Tail replies = new Tail(trial, replyTopic, 1, this::take);
                KafkaProducer<byte[], byte[]> producer = trial.cluster().producer(atOnce)) {
            awaitAssignment(producer);
            Pace due = new Pace(System.nanoTime(), pace);
            for (int i = 0; i < dueNanos.length; i++) {
                dueNanos[i] = due.await(i);
                sentMillis[i] = System.currentTimeMillis();
                send(producer, i);
            }
            Waiting.until("the last reply", PATIENCE, () -> received.get() == dueNanos.length);
        }
        print();
    }

    /** A worker needs some seconds to get its partitions: asks until every one of them has answered. */
    private void awaitAssignment(KafkaProducer<byte[], byte[]> producer) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int before = tried.get();
        while (tried.get() == before) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no scoring worker answers");
            }
            send(producer, -1);
            LockSupport.parkNanos(100_000_000);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is not answered is missed in the end
    private void send(KafkaProducer<byte[], byte[]> producer, int number) {
        byte[] text = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                trial.deployment().topics().scoreRequests().name(), text, bodies.get(Math.floorMod(number, DISTINCT)));
        record.headers()
                .add(ScoreProcessor.CORRELATION_HEADER, text)
                .add(ReplyTopics.HEADER, replyTopic.getBytes(StandardCharsets.UTF_8));
        producer.send(record);
    }

    private void take(Tail.Received reply) {
        String text = new String(
                reply.record()
                        .headers()
                        .lastHeader(ScoreProcessor.CORRELATION_HEADER)
                        .value(),
                StandardCharsets.UTF_8);
        int number = Integer.parseInt(text);
        if (number < 0) {
            tried.incrementAndGet();
        } else if (receivedNanos.compareAndSet(number, 0, reply.receivedNanos())) {
            processedMillis.set(number, reply.record().timestamp());
            received.incrementAndGet();
        }
    }

    private void print() {
        int counted = dueNanos.length - warmUp;
        double[] millis = new double[counted];
        double[] there = new double[counted];
        double[] back = new double[counted];
        for (int i = 0; i < counted; i++) {
            int at = warmUp + i;
            millis[i] = (receivedNanos.get(at) - dueNanos[at]) / 1e6;
            there[i] = processedMillis.get(at) - sentMillis[at];
            back[i] = millis[i] - there[i];
        }
        Figures figures = new Figures("score over Kafka");
        figures.add("requests a second", pace);
        figures.add("bytes of a request", bodies.get(0).length);
        figures.addMillis("request to reply", millis);
        figures.addMillis("of these until it is read by the worker", there);
        figures.addMillis("of these from there to the client", back);
        figures.print();
    }
}
