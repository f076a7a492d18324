package dev.assay.lab.chaos;

import dev.assay.lab.evidence.ErasureTrail;
import dev.assay.lab.evidence.ExpectedFit;
import dev.assay.lab.evidence.ExpectedSet;
import dev.assay.lab.evidence.HistoryCheck;
import dev.assay.lab.evidence.PublishedLog;
import dev.assay.lab.evidence.TopicDump;
import dev.assay.lab.process.BrokerCluster;
import dev.assay.lab.process.Children;
import dev.assay.lab.process.EstimatorFleet;
import dev.assay.lab.process.FakeClocks;
import dev.assay.lab.process.OlderBuild;
import dev.assay.lab.process.ScorerChild;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.SnapshotLog;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ParameterSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** One run on a cluster that is there: stream under faults, heal, settle, check. */
final class ChaosRun {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final double TOLERANCE = 1e-6; // standard errors: the promise

    private final RunPlan plan;
    private final BrokerCluster brokers;
    private final Children children;
    private final Path folder;
    private final boolean check;
    private final List<String> failures = new ArrayList<>();
    private int versions;
    private int reruns;
    private int exits;
    private double difference = Double.NaN;

    /**
     * @param folder of this run's config and logs
     * @param check whether the independent checker looks at it too
     */
    ChaosRun(RunPlan plan, BrokerCluster brokers, Children children, Path folder, boolean check) {
        this.check = check;
        this.plan = plan;
        this.brokers = brokers;
        this.children = children;
        this.folder = folder;
    }

    /** What goes wrong is in the report; only an interrupt is thrown. */
    RunReport run() throws InterruptedException, IOException {
        long begin = System.nanoTime();
        Files.createDirectories(folder);
        Deployment deployment = RunConfig.write(plan, brokers, folder);
        @Nullable Traffic workload = null;
        try {
            brokers.heal(); // The run before may have ended in the middle.
            brokers.await(PATIENCE);
            Clients.setUpTopics(deployment, PATIENCE);
            workload =
                    new Traffic(deployment, plan.seed(), plan.erasures(), new History(folder.resolve("history.jsonl")));
            run(deployment, workload);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // Whatever it is, it is a finding, and the next run has another seed.
            failures.add(e.getClass().getSimpleName() + ": " + e.getMessage());
            try (var out = Files.newBufferedWriter(folder.resolve("failure.txt"))) {
                e.printStackTrace(new java.io.PrintWriter(out));
            }
        }
        return report(workload, begin);
    }

    private void run(Deployment deployment, Traffic workload) throws Exception {
        try (workload;
                ScorerChild scorer = new ScorerChild(children, folder.resolve("assay.yaml"), folder);
                EstimatorFleet estimators = new EstimatorFleet(
                        children, slot -> RunConfig.of(slot, folder), folder, olderBuild(), clocks())) {
            Runnable supervisor = () -> {
                brokers.supervise();
                estimators.supervise();
            };
            try {
                estimators.heal(plan.instances());
                scorer.start();
                FutureTask<Void> streaming = new FutureTask<>(() -> stream(workload), null);
                // A thread of its own: the common pool may have a single one, which others wait for.
                Thread thread = new Thread(streaming, "workload");
                thread.setDaemon(true);
                thread.start();
                ParameterSnapshot first =
                        firstSnapshot(deployment, workload, supervisor); // Faults should meet a service at work.
                Poisoning poisoning = new Poisoning(deployment, first, workload, plan);
                try (RoleSteps steps = new RoleSteps(deployment, workload, estimators, poisoning, plan.instances())) {
                    Map<Fault.Action, Breakage> breakages =
                            new HashMap<>(Breakages.of(brokers, estimators, scorer, plan.seed()));
                    breakages.putAll(steps.breakages());
                    new FaultPlayer(breakages, supervisor).play(plan.faults(), plan.seconds());
                    workload.end();
                    brokers.heal();
                    estimators.heal(plan.instances());
                    scorer.start();
                    failures.addAll(steps.finished());
                }
                streaming.get();
                settle(deployment, workload, supervisor, poisoning);
            } catch (TimeoutException e) {
                estimators.tellThreads();
                throw e;
            } finally {
                workload.end();
                exits = estimators.diedByThemselves() + scorer.diedByItself();
            }
        }
        if (check) {
            checkHistory(deployment);
        }
        if (failures.isEmpty()) {
            delete(deployment);
        }
    }

    /**
     * Whether a record that is refused twice is wrong: not where everything was read again, and not where all copies of a
     * partition may have been without a leader, since then what was read lately is.
     */
    private boolean refusedOnce() {
        return plan.exactlyOnce()
                && brokers.size() > 1
                && !plan.has(Fault.Action.RESET_GROUP)
                && !plan.has(Fault.Action.KILL_TWO_BROKERS);
    }

    private void checkHistory(Deployment deployment) throws IOException, InterruptedException {
        TopicDump.write(deployment, folder.resolve("topics.jsonl.gz"));
        List<String> options = new ArrayList<>();
        if (!refusedOnce()) {
            options.add("--at-least-once");
        }
        if (plan.has(Fault.Action.COMPACT)) {
            options.add("--compacted");
        }
        failures.addAll(HistoryCheck.of(folder, options));
    }

    private @Nullable String olderBuild() throws IOException {
        return plan.from() == null ? null : OlderBuild.classPath(plan.from(), folder.resolve("child"));
    }

    /** Where no clock jumps, none is tampered with. */
    private @Nullable FakeClocks clocks() {
        return plan.has(Fault.Action.JUMP_CLOCK) ? new FakeClocks(folder, plan.seed()) : null;
    }

    private ParameterSnapshot firstSnapshot(Deployment deployment, Traffic workload, Runnable supervisor)
            throws Exception {
        try (Settlement settlement = new Settlement(deployment, supervisor, PATIENCE);
                PublishedLog snapshots = new PublishedLog(SnapshotLog.parameters(deployment))) {
            settlement.await("no snapshot at all", () -> !snapshots.read().isEmpty());
            settlement.await("no scorer answers", () -> workload.scores().joined());
            return snapshots.read().get(0);
        }
    }

    private void stream(Traffic workload) {
        try {
            workload.run(plan.erasures(), plan.seconds());
        } catch (Exception e) {
            throw new IllegalStateException("the workload ended early: " + e.getMessage(), e);
        }
    }

    private void settle(Deployment deployment, Traffic workload, Runnable supervisor, Poisoning poisoning)
            throws Exception {
        try (Settlement settlement = new Settlement(deployment, supervisor, PATIENCE);
                PublishedLog newest = new PublishedLog(SnapshotLog.parameters(deployment));
                PublishedLog history = new PublishedLog(SnapshotLog.history(deployment))) {
            settlement.awaitConsumed();
            if (plan.erasures() > 0) { // Tombstones follow a while after.
                awaitErasures(deployment, workload, settlement);
            } else { // Nothing may change any more.
                failures.addAll(ComparisonsCheck.of(deployment, workload.expected()));
            }
            awaitRight(settlement, () -> QuarantineCheck.of(deployment, poisoning.unusable()));
            long before = -1;
            if (plan.rerun()) {
                before = newest.read().stream()
                        .mapToLong(ParameterSnapshot::version)
                        .max()
                        .orElse(0);
                workload.askForRerun();
            }
            ParameterSnapshot snapshot = settlement.awaitSnapshot(newest, before);
            // A receipt names the estimate without the annotator, which may have been the last of all.
            awaitRight(settlement, () -> ReceiptsCheck.of(deployment, workload.erasures()));
            check(deployment, workload, snapshot);
            settlement.await(
                    "score requests without an answer", () -> workload.scores().answered());
            List<ParameterSnapshot> published = newest.read();
            versions = checked("parameters", published);
            count(workload.expected(), published.get(published.size() - 1)); // Updates after the rerun count the same.
            reruns = checked("parameter-history", history.read());
        }
    }

    private void awaitErasures(Deployment deployment, Traffic workload, Settlement settlement) throws Exception {
        Callable<List<String>> check = () -> ComparisonsCheck.of(deployment, workload.expected());
        if (!awaitRight(settlement, check)) {
            failures.add("told of the erasures were: " + ErasureTrail.of(deployment));
        }
    }

    /** @return whether it became right in time; what is not is in the failures */
    private boolean awaitRight(Settlement settlement, Callable<List<String>> check) throws Exception {
        try {
            settlement.await("", () -> check.call().isEmpty());
            return true;
        } catch (TimeoutException e) {
            return !failures.addAll(check.call());
        }
    }

    private void check(Deployment deployment, Traffic workload, ParameterSnapshot snapshot) {
        ExpectedSet expected = workload.expected();
        count(expected, snapshot);
        difference = ExpectedFit.of(expected, deployment).standardErrorsFrom(snapshot.parameters());
        if (!(difference <= TOLERANCE)) {
            failures.add(
                    "version " + snapshot.version() + " is " + difference + " standard errors from the offline fit");
        }
        TrafficCounts counts = workload.counts();
        // What was sent or read twice may have been refused twice.
        long repeats = refusedOnce() ? counts.sentAgain : Long.MAX_VALUE;
        failures.addAll(DeadLetterCheck.of(deployment, counts.malformed, repeats));
    }

    private void count(ExpectedSet expected, ParameterSnapshot snapshot) {
        int standing = expected.standing().size();
        if (snapshot.sums().judgments() != standing || snapshot.sums().weight() != expected.weight()) {
            failures.add("version " + snapshot.version() + " counts "
                    + snapshot.sums().judgments() + " judgments of weight "
                    + snapshot.sums().weight() + ", expected " + standing + " of weight " + expected.weight());
        }
    }

    /** @return how many snapshots there are; notes where their versions do not grow */
    private int checked(String topic, List<ParameterSnapshot> log) {
        PublishedLog.firstStepBack(log).ifPresent(step -> failures.add("on " + topic + " " + step));
        return log.size();
    }

    /** Those of Kafka Streams, which are named by its group, included. */
    private static void delete(Deployment deployment) throws InterruptedException {
        String prefix = deployment.topics().prefix();
        try (Admin admin = Clients.admin(deployment)) {
            List<String> own = admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith(prefix))
                    .toList();
            admin.deleteTopics(own).all().get();
        } catch (ExecutionException e) {
            // They are only in the way.
        }
    }

    private RunReport report(@Nullable Traffic workload, long begin) {
        TrafficCounts counts = workload == null ? new TrafficCounts() : workload.counts();
        return new RunReport(
                new RunReport.Setting(plan.seed(), plan.instances(), brokers.size()),
                counts,
                workload == null ? 0 : workload.expected().standing().size(),
                new RunReport.Found(plan.faults().size(), exits, versions, reruns, difference),
                (System.nanoTime() - begin) / 1e9,
                List.copyOf(failures),
                plan.faults().stream().map(Fault::toString).toList(),
                folder.toString());
    }
}
