package dev.assay.lab.chaos;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What the world sends during a run, drawn from a seed: new judgments, edits, retractions, judgments made again after
 * them, repeats of the newest version of a judgment, malformed records, and erasures whose annotators go on judging.
 */
final class Traffic implements AutoCloseable {
    private static final long TURN_MILLIS = 20;
    private static final int LEAST_PER_SECOND = 50;
    private static final int MOST_PER_SECOND = 201;
    private static final int DRAIN_SECONDS = 300;

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
    private final int perSecond;
    private volatile boolean ending;

    /** @param history takes what is acknowledged; closed with this */
    Traffic(Deployment deployment, long seed, History history) {
        this.history = history;
        records = new JudgmentRecords(deployment.topics(), deployment.shards(), deployment.wire());
        this.deployment = deployment;
        random = new SplittableRandom(seed);
        campaign = new ChaosCampaign(random.split());
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
            scores.turn(elapsed, sending, history);
            sending.turn();
            TimeUnit.MILLISECONDS.sleep(TURN_MILLIS);
        }
        sending.drain(DRAIN_SECONDS);
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
        command(new Command.EraseAnnotator("erase-" + counts.erasures, annotatorId, Instant.now()));
    }

    private void command(Command command) {
        sending.send("commands", CommandRecords.of(deployment).record(command), history.noting(History.words(command)));
    }

    private void send(ComparisonKey key, JudgmentMessage message) {
        newest.put(key, message);
        sending.send(key, records.of(message), history.noting(History.words(message)));
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
