package dev.assay.lab.chaos;

import dev.assay.schemas.Topics;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.wire.DeadLetterHeaders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends what no reader can use, twelve kinds at a time to one topic, each with its number in a header. */
final class Poisoning {
    private static final String NUMBER_HEADER = "chaos.poison";

    private final Deployment deployment;
    private final ParameterSnapshot snapshot;
    private final Traffic traffic;
    private final SplittableRandom random;
    private final Set<String> readOnAndOn;
    private final Set<String> spared;
    private final Map<Integer, String> unusable = new TreeMap<>();
    private int sent;

    /** @param snapshot one of the deployment */
    Poisoning(Deployment deployment, ParameterSnapshot snapshot, Traffic traffic, RunPlan plan) {
        this.deployment = deployment;
        this.snapshot = snapshot;
        this.traffic = traffic;
        random = new SplittableRandom(plan.seed());
        Topics topics = deployment.topics();
        int p = deployment.shape().parameters();
        readOnAndOn = new HashSet<>(Set.of(
                topics.comparisons().name(),
                topics.erasures().name(),
                topics.commands(p).name(),
                topics.roundOrders(p).name(),
                topics.parameters(p).name()));
        if (!plan.has(Fault.Action.RESET_GROUP)) { // A coordinator without offsets begins at the end of the reports.
            readOnAndOn.add(topics.shardReports(p).name());
        }
        // Bad judgments have a topic of their own, and the two that keep what is bad are the checks' to read.
        spared = Set.of(
                topics.judgments().name(),
                topics.refusedJudgments().name(),
                topics.quarantine(p).name());
    }

    void send() {
        Poisons poisons = new Poisons(deployment, snapshot, random.nextInt(deployment.shards()));
        List<List<Poisons.Poison>> topics = new ArrayList<>(poisons.read());
        topics.add(poisons.others().stream()
                .filter(poison -> !spared.contains(poison.record().topic()))
                .toList());
        topics.get(random.nextInt(topics.size())).forEach(this::send);
    }

    private void send(Poisons.Poison poison) {
        ProducerRecord<byte[], byte[]> record = poison.record();
        int number = sent++;
        DeadLetterHeaders.put(record.headers(), NUMBER_HEADER, Integer.toString(number));
        if (poison.unusable() && readOnAndOn.contains(record.topic())) {
            unusable.put(number, record.topic());
        }
        traffic.sendBesides("poison-" + number, record);
    }

    /** By number the topics of those that an estimator must have put aside. */
    Map<Integer, String> unusable() {
        return unusable;
    }

    /** Whether a record is none that the service has made. */
    static boolean made(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(NUMBER_HEADER) != null;
    }

    /** The number of one that was made here. */
    static int numberOf(ConsumerRecord<byte[], byte[]> record) {
        String number = DeadLetterHeaders.get(record.headers(), NUMBER_HEADER);
        return number == null ? -1 : Integer.parseInt(number);
    }
}
