package dev.assay.bench.streaming;

import dev.assay.estimator.descent.Fit;
import dev.assay.service.topics.CommandRecords;
import dev.assay.streams.model.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * How long does a rerun over topics take, from the event that it started to the event that it completed, beside the same fit
 * in one process? {@code ops/bench/rerun}. The first rerun is cold, in a JVM that has made none, as is the first fit beside
 * it; more are asked for by command; the last follows five percent of new judgments.
 */
public final class RerunTime {
    private static final int SEED = 9;
    /** By growth alone: the first when all is in, the next when nearly five percent more are. */
    private static final String RERUN =
            "minimum-judgments: %d, growth: 1.049, late-growth: 1.049, drift: 1000, interval: PT1H";

    private static final double NEW = 0.05;
    private static final Duration COMMAND_PATIENCE = Duration.ofSeconds(20);

    private final Trial trial;
    private final Workload workload = new Workload(SEED, Trial.D, Trial.K);
    private final int judgments;
    private final Figures figures = new Figures("rerun");

    private RerunTime(Trial trial, int judgments) {
        this.trial = trial;
        this.judgments = judgments;
    }

    /** @param args judgments, default 200,000; reruns asked by command, default 3 */
    public static void main(String[] args) throws Exception {
        int judgments = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
        int asked = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        try (Cluster cluster = Cluster.start()) {
            Trial trial = Trial.create(cluster, "rerun", RERUN.formatted(judgments));
            new RerunTime(trial, judgments).measure(asked);
        }
    }

    private void measure(int asked) throws Exception {
        int grown = (int) (judgments * (1 + NEW));
        try (ChildProcess estimator = Cluster.estimator(trial);
                RerunLog log = new RerunLog(trial)) {
            Objects.requireNonNull(estimator);
            trial.send(workload, 0, judgments);
            add("over topics, cold", await(log, 1, judgments));
            askFor(asked, log);
            int before = log.finished().size();
            trial.send(workload, judgments, grown);
            add("over topics, 5 % more", await(log, before + 1, grown));
        }
        // The estimator has ended: both have the machine for themselves.
        inProcess(grown);
        figures.print();
    }

    /** The newest rerun, once there are so many and it is over so many judgments. */
    private static RerunLog.Finished await(RerunLog log, int reruns, long judgments) throws Exception {
        Waiting.until(
                "rerun " + reruns + " has ended",
                () -> log.finished().size() >= reruns && newest(log).judgments() >= judgments);
        return newest(log);
    }

    private static RerunLog.Finished newest(RerunLog log) {
        List<RerunLog.Finished> finished = log.finished();
        return finished.get(finished.size() - 1);
    }

    private void add(String label, RerunLog.Finished rerun) {
        figures.add(label + ", s", rerun.seconds());
        figures.add(
                label + ", judgments / rounds / reason",
                rerun.judgments() + " / " + rerun.rounds() + " / " + rerun.reason());
    }

    private void askFor(int asked, RerunLog log) throws Exception {
        CommandRecords commands = CommandRecords.of(trial.deployment());
        try (KafkaProducer<byte[], byte[]> producer = trial.cluster().producer(Map.of())) {
            for (int i = 0; i < asked; i++) {
                int before = log.finished().size();
                producer.send(commands.record(new Command.Rerun("bench-" + i, Instant.now())))
                        .get();
                try {
                    Waiting.until(
                            "a rerun asked for has ended",
                            COMMAND_PATIENCE,
                            () -> log.finished().size() > before);
                    add("over topics, asked for " + (i + 1), newest(log));
                } catch (TimeoutException e) {
                    figures.add("over topics, asked for", "no rerun came of a command");
                    return;
                }
            }
        }
    }

    private void inProcess(int grown) {
        InProcessFit fits = new InProcessFit(trial);
        fits.add(workload, 0, judgments);
        double cold = timed("in process, cold JVM", fits::cold);
        double best = Double.POSITIVE_INFINITY;
        Fit[] last = new Fit[1];
        for (int i = 0; i < 4; i++) {
            best = Math.min(best, seconds(() -> last[0] = fits.cold()));
        }
        figures.add("in process, best of 4 after it, s", best);
        double pass = fits.informationPassSeconds();
        figures.add("information pass, s", pass);
        fits.add(workload, judgments, grown);
        timed("in process, resumed after 5 % more", () -> fits.resumed(last[0]));
        figures.add("target, cold: 1.5 × in process + 1.5, s", 1.5 * best + 1.5);
        figures.add("the same by the fit in a cold JVM, s", 1.5 * cold + 1.5);
        figures.add("target, 5 % more: 1 + 5 passes, s", 1 + 5 * pass);
    }

    private double timed(String label, Supplier<Fit> run) {
        Fit[] fit = new Fit[1];
        double seconds = seconds(() -> fit[0] = run.get());
        figures.add(label + ", s", seconds);
        figures.add(label + ", rounds", (long) fit[0].rounds());
        return seconds;
    }

    private static double seconds(Runnable run) {
        long begin = System.nanoTime();
        run.run();
        return (System.nanoTime() - begin) / 1e9;
    }
}
