package dev.assay.bench.streaming;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.schemas.publish.Event;
import dev.assay.service.topics.CommandRecords;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.ErasureState;
import dev.assay.streams.model.EventType;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.wire.Codec;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;

/**
 * How long does it take to erase an annotator who has flooded a deployment, from the command to the receipt, how often is it
 * asked for, and does every key get one tombstone? {@code ops/bench/erase}.
 */
public final class ErasureTime {
    private static final int SEED = 17;
    private static final String FLOODER = "flooder";
    private static final String RERUN =
            "minimum-judgments: %d, growth: 10, late-growth: 10, drift: 1000, interval: PT1H, patience: %s";

    private final Trial trial;
    private final Workload workload = new Workload(SEED, Trial.D, Trial.K);
    private final int flood;
    private final int others;
    private final Figures figures = new Figures("erase");
    private final AtomicInteger requested = new AtomicInteger();
    private final AtomicInteger tombstones = new AtomicInteger();
    private final AtomicInteger collected = new AtomicInteger();
    private final AtomicReference<@Nullable Event> receipt = new AtomicReference<>();
    private volatile long sweptNanos;
    private volatile long firstTombstoneNanos;

    private ErasureTime(Trial trial, int flood, int others) {
        this.trial = trial;
        this.flood = flood;
        this.others = others;
    }

    /** @param args judgments of the annotator and of others, default 50,000; {@code rerun.patience}, default PT10S */
    public static void main(String[] args) throws Exception {
        int flood = args.length > 0 ? Integer.parseInt(args[0]) : 50_000;
        int others = args.length > 1 ? Integer.parseInt(args[1]) : 50_000;
        String patience = args.length > 2 ? args[2] : "PT10S";
        try (Cluster cluster = Cluster.start()) {
            Trial trial = Trial.create(cluster, "erase", RERUN.formatted(flood + others, patience));
            new ErasureTime(trial, flood, others).measure();
        }
    }

    private void measure() throws Exception {
        var topics = trial.deployment().topics();
        try (ChildProcess estimator = Cluster.estimator(trial);
                RerunLog log = new RerunLog(trial);
                Tail comparisons = new Tail(trial, topics.comparisons().name(), Trial.SHARDS, this::hearComparison);
                Tail erasures = new Tail(trial, topics.erasures().name(), Trial.SHARDS, this::hearErasure);
                Tail events = new Tail(trial, topics.events().name(), 1, this::hearEvent)) {
            send();
            Waiting.until("all is collected", () -> collected.get() == flood + others);
            Waiting.until("the first rerun has ended", () -> !log.finished().isEmpty());
            long asked = System.nanoTime();
            CommandRecords commands = CommandRecords.of(trial.deployment());
            try (KafkaProducer<byte[], byte[]> producer = trial.cluster().producer(Map.of())) {
                producer.send(commands.record(new Command.EraseAnnotator("bench", FLOODER, Instant.now())))
                        .get();
            }
            long told = Waiting.until("the receipt is there", () -> receipt.get() != null);
            figures.add("command to first tombstone, s", (firstTombstoneNanos - asked) / 1e9);
            figures.add("command to all tombstones, s", (sweptNanos - asked) / 1e9);
            figures.add("command to receipt, s", (told - asked) / 1e9);
            figures.add("entries REQUESTED", (long) requested.get());
            figures.add("tombstones on the topic", (long) tombstones.get());
            Event event = receipt.get();
            if (event != null) {
                figures.add("judgments on the receipt", event.getFacts().getOrDefault("judgments", ""));
                figures.add("tombstones on the receipt", event.getFacts().getOrDefault("tombstones", ""));
            }
        }
        figures.print();
    }

    private void send() {
        try (JudgmentSender sender = new JudgmentSender(trial)) {
            for (int i = 0; i < flood + others; i++) {
                // Mixed, as a flood comes.
                boolean theirs = (long) (i + 1) * flood / (flood + others) > (long) i * flood / (flood + others);
                Judgment judgment = workload.judgment(i);
                sender.send(theirs ? byFlooder(judgment) : judgment, () -> {});
            }
        }
    }

    private static Judgment byFlooder(Judgment judgment) {
        return new Judgment(
                judgment.judgmentId(),
                FLOODER,
                judgment.promptId(),
                judgment.responses(),
                judgment.ranking(),
                judgment.weight(),
                judgment.featureSpace(),
                judgment.occasion());
    }

    private void hearComparison(Tail.Received received) throws UndecodableException {
        if (received.record().value() != null) {
            collected.incrementAndGet();
            return;
        }
        ComparisonKey key = Codec.COMPARISON_KEYS.decode(received.record().key());
        if (FLOODER.equals(key.getAnnotatorId())) {
            if (tombstones.getAndIncrement() == 0) {
                firstTombstoneNanos = received.receivedNanos();
            }
        }
    }

    private void hearErasure(Tail.Received received) throws UndecodableException {
        switch (ErasureState.of(Codec.erasures(WireFormat.SINGLE_OBJECT)
                .decode(received.record().value()))) {
            case REQUESTED -> requested.incrementAndGet();
            case SWEPT -> sweptNanos = received.receivedNanos();
            case RECEIPTED -> {}
        }
    }

    private void hearEvent(Tail.Received received) throws UndecodableException {
        Event event =
                Codec.events(WireFormat.SINGLE_OBJECT).decode(received.record().value());
        if (EventType.of(event) == EventType.ANNOTATOR_ERASED) {
            receipt.set(event);
        }
    }
}
