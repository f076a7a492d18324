package dev.assay.lab.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cli.command.AssayCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay chaos}: seeded runs under faults, each against an offline fit. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Kill, pause and restart brokers and estimators while judgments stream, and check the estimate.",
            "",
            "Everything runs on this machine in processes of its own. Exit code 1 if a run failed."
        })
public final class ChaosCommand extends AssayCommand {
    private static final long MOST_ERASURES = 3;

    @Option(names = "--runs", paramLabel = "N", description = "How many runs. Default: ${DEFAULT-VALUE}.")
    private int runs = 1;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long judgments stream in each. Default: ${DEFAULT-VALUE}.")
    private int seconds = 60;

    @Option(
            names = "--seed",
            paramLabel = "K",
            description = "Seed of the first run; the next has the next. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--instances",
            paramLabel = "N",
            split = ",",
            description =
                    "Estimators of the first run, of the second, and so on, then from the beginning. Default: 1,2,3.")
    private List<Integer> instances = List.of(1, 2, 3);

    @Option(names = "--brokers", paramLabel = "N", description = "1 or 3. Default: ${DEFAULT-VALUE}.")
    private int brokers = 3;

    @Option(
            names = "--erasures",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Erase annotators during the runs. Default: yes.")
    private boolean erasures;

    @Option(
            names = "--rerun",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Check an estimate that a RERUN command asked for. Default: yes.")
    private boolean rerun;

    @Option(
            names = "--faults",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Play the schedule of faults. Default: yes.")
    private boolean faults;

    @Option(
            names = "--exactly-once",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "A record refused twice counts as wrong. Default: yes.")
    private boolean exactlyOnce;

    @Option(names = "--out", paramLabel = "FILE", description = "Append one JSON object a run.")
    private @Nullable Path out;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Folder for data and logs. Default: a temporary one. Logs stay.")
    private @Nullable Path work;

    @Override
    protected int run() throws IOException, InterruptedException {
        require(runs >= 1 && seconds >= 5, "--runs must be at least 1 and --seconds at least 5");
        require(brokers == 1 || brokers == 3, "--brokers must be 1 or 3");
        require(
                !instances.isEmpty() && instances.stream().allMatch(n -> n >= 1),
                "--instances must be at least 1 each");
        Path folder = work == null ? Files.createTempDirectory("assay-chaos-") : Files.createDirectories(work);
        PrintWriter print = out();
        List<RunReport> reports = new ArrayList<>();
        BrokerCluster cluster;
        try (Children children = new Children()) {
            cluster = new BrokerCluster(children, folder.toAbsolutePath(), brokers);
            print.println("data and logs: " + folder.toAbsolutePath());
            for (int run = 0; run < runs; run++) {
                RunPlan plan = plan(run);
                print.println("seed " + plan.seed() + ", " + plan.instances() + " estimators: " + plan.faults());
                print.flush();
                RunReport report = new ChaosRun(
                                plan, cluster, children, folder.toAbsolutePath().resolve("run-" + plan.seed()))
                        .run();
                reports.add(report);
                print.println(RunReport.header());
                print.println(report.line());
                print.flush();
                write(report);
            }
        }
        print.println();
        print.println(RunReport.header());
        reports.forEach(report -> print.println(report.line()));
        if (reports.stream().allMatch(RunReport::ok)) {
            cluster.delete(); // Else there is something to look into.
        }
        long failed = reports.stream().filter(report -> !report.ok()).count();
        print.println(reports.size() + " runs, " + failed + " failed");
        print.flush();
        return failed == 0 ? 0 : 1;
    }

    private RunPlan plan(int run) {
        long own = seed + run;
        int erased = erasures ? 1 + (int) Math.floorMod(own, MOST_ERASURES) : 0;
        int estimators = instances.get(run % instances.size());
        List<Fault> schedule = faults ? FaultSchedule.draw(own, seconds, estimators, brokers) : List.of();
        return new RunPlan(own, seconds, estimators, schedule, erased, rerun, exactlyOnce);
    }

    private void write(RunReport report) throws IOException {
        if (out != null) {
            Files.writeString(out, json(report) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private static String json(RunReport report) throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(report);
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw misused(message);
        }
    }
}
