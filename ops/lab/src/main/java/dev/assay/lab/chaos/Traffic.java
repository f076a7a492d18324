package dev.assay.lab.chaos;

import dev.assay.lab.evidence.ExpectedSet;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.CommandRecords;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.wire.JudgmentRecords;
import dev.assay.streams.wire.Partitioning;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What the world sends during a run, drawn from a seed: new judgments, edits, retractions, judgments made again after
 * them, repeats of the newest version of a judgment, malformed records, and erasures whose annotators go on judging.
 */
final class Traffic implements AutoCloseable {
    private static final long TURN_MILLIS = 20;
    private static final int LEAST_PER_SECOND = 50;
    private static final int MOST_PER_SECOND = 201;
    private static final int DRAIN_SECONDS = 300;
    private static final int OTHERS = 20; // annotators who stay

    private final Deployment deployment;
    private final SplittableRandom random;
    private final ChaosCampaign campaign;
    private final Malformed malformed;
    private final OrderedSending sending;
    private final JudgmentRecords records;
    private final ExpectedSet expected = new ExpectedSet();
    private final History history;
    private final ScoreTraffic scores;
    private final TrafficCounts counts = new TrafficCounts();
    private final List<ComparisonKey> known = new ArrayList<>();
    private final Map<ComparisonKey, JudgmentMessage> newest = new HashMap<>();
    private final Map<ComparisonKey, Judgment> judged = new HashMap<>();
    private final Queue<Runnable> besides = new ConcurrentLinkedQueue<>();
    private final Set<String> erasures = new TreeSet<>();
    private final int perSecond;
    private volatile boolean ending;

    /**
     * @param erasures how many annotators are going to be erased
     * @param history takes what is acknowledged; closed with this
     */
    Traffic(Deployment deployment, long seed, int erasures, History history) {
        this.history = history;
        records = new JudgmentRecords(deployment.topics(), deployment.shards(), deployment.wire());
        this.deployment = deployment;
        random = new SplittableRandom(seed);
        campaign = new ChaosCampaign(random.split(), erasures + OTHERS);
        malformed = new Malformed(random.split(), deployment.wire());
        sending = new OrderedSending(Clients.producer(deployment), random.split());
        perSecond = random.nextInt(LEAST_PER_SECOND, MOST_PER_SECOND);
        scores = new ScoreTraffic(deployment, random.split());
    }

    /**
     * Sends until {@link #end}, then until all of it is acknowledged.
     *
     * @param erasures how many annotators are erased,
     * @param seconds and over what time they are spread
     */
    void run(int erasures, int seconds) throws InterruptedException, TimeoutException {
        long begin = System.nanoTime();
        for (long sent = 0; !ending; ) {
            double elapsed = (System.nanoTime() - begin) / 1e9;
            if (counts.erasures < erasures && elapsed > (1 + counts.erasures) * seconds / (erasures + 1.0)) {
                erase();
            }
            for (; sent < elapsed * perSecond; sent++) {
                one();
            }
            sendBesides();
            scores.turn(elapsed, sending, history);
            sending.turn();
            TimeUnit.MILLISECONDS.sleep(TURN_MILLIS);
        }
        sendBesides();
        sending.drain(DRAIN_SECONDS);
    }

    /** Has a record sent by the thread that streams, until it is acknowledged; called by any thread. */
    void sendBesides(Object key, ProducerRecord<byte[], byte[]> record) {
        besides.add(() -> sending.send(key, record, (where, sends) -> {}));
    }

    private void sendBesides() {
        for (Runnable next = besides.poll(); next != null; next = besides.poll()) {
            next.run();
        }
    }

    /** Nothing new from now on. */
    void end() {
        ending = true;
    }

    /** Asks for a rerun, and waits until the broker has the command. */
    void askForRerun() throws InterruptedException, TimeoutException {
        command(new Command.Rerun("rerun-of-chaos", Instant.now()));
        sending.drain(DRAIN_SECONDS);
    }

    ScoreTraffic scores() {
        return scores;
    }

    ExpectedSet expected() {
        return expected;
    }

    /** The ids of the commands to erase. */
    Set<String> erasures() {
        return Collections.unmodifiableSet(erasures);
    }

    TrafficCounts counts() {
        counts.sentAgain = sending.sentAgain();
        counts.acknowledged = sending.acknowledged();
        return counts;
    }

    private void one() {
        int chance = known.isEmpty() ? 0 : random.nextInt(100);
        if (chance < 70) {
            counts.judgments++;
            judge(campaign.next());
        } else if (chance < 82) {
            Judgment before = judged.get(anyKnown());
            if (before != null) { // also where it was retracted: then it is made again
                counts.edits++;
                judge(campaign.again(before));
            }
        } else if (chance < 90) {
            retract(anyKnown());
        } else if (chance < 98) {
            ComparisonKey key = anyKnown();
            JudgmentMessage message = newest.get(key);
            if (message != null) {
                counts.repeats++;
                send(key, message);
            }
        } else {
            int number = counts.malformed++;
            Judgment like = campaign.next();
            byte[] key = keyOf(ExpectedSet.key(like));
            sending.send(
                    "malformed-" + number,
                    malformed.record(deployment.topics().judgments().name(), number, key, like),
                    history.noting(History.malformed(number)));
        }
    }

    private void judge(Judgment judgment) {
        ComparisonKey key = ExpectedSet.key(judgment);
        if (expected.isErased(judgment.annotatorId())) {
            counts.late++;
        }
        if (judged.put(key, judgment) == null) {
            known.add(key);
        }
        expected.judged(judgment);
        send(key, judgment);
    }

    private void retract(ComparisonKey key) {
        counts.retractions++;
        expected.retracted(key);
        send(key, new Retraction(key.getJudgmentId(), key.getAnnotatorId(), "chaos"));
    }

    private void erase() {
        String annotatorId = ChaosCampaign.annotatorId(random.nextInt(campaign.annotators()));
        counts.erasures++;
        expected.erased(annotatorId);
        String commandId = "erase-" + counts.erasures;
        erasures.add(commandId);
        command(new Command.EraseAnnotator(commandId, annotatorId, Instant.now()));
    }

    private void command(Command command) {
        sending.send("commands", CommandRecords.of(deployment).record(command), history.noting(History.words(command)));
    }

    private void send(ComparisonKey key, JudgmentMessage message) {
        newest.put(key, message);
        ProducerRecord<byte[], byte[]> record = records.of(message);
        sending.send(
                key,
                WildTimes.sometimes(random)
                        .map(time -> new ProducerRecord<>(
                                record.topic(), record.partition(), time, record.key(), record.value()))
                        .orElse(record),
                history.noting(History.words(message)));
    }

    private static byte[] keyOf(ComparisonKey key) {
        return Partitioning.partitionedBy(key).getBytes(StandardCharsets.UTF_8);
    }

    private ComparisonKey anyKnown() {
        return known.get(random.nextInt(known.size()));
    }

    @Override
    public void close() {
        sending.close();
        history.close();
    }
}
