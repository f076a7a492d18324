package dev.assay.lab.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cli.command.AssayCommand;
import dev.assay.lab.process.BrokerCluster;
import dev.assay.lab.process.Children;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code assay chaos}: seeded runs under faults, each against an offline fit. */
@Command(name = "chaos", mixinStandardHelpOptions = true, resourceBundle = "dev.assay.lab.help")
public final class ChaosCommand extends AssayCommand {
    private static final long MOST_ERASURES = 3;
    private static final String YES = "true";

    @Option(names = "--runs", paramLabel = "N")
    private int runs = 1;

    @Option(names = "--seconds", paramLabel = "S")
    private int seconds = 60;

    @Option(names = "--seed", paramLabel = "K")
    private long seed = 1;

    @Option(names = "--instances", paramLabel = "N", split = ",")
    private List<Integer> instances = List.of(1, 2, 3);

    @Option(names = "--brokers", paramLabel = "N")
    private int brokers = 3;

    @Option(names = "--erasures", paramLabel = "N")
    private @Nullable Integer erasures;

    @Option(names = "--no-erasures")
    private boolean noErasures;

    @Option(names = "--rerun", negatable = true, defaultValue = YES, fallbackValue = YES)
    private boolean rerun;

    @Option(names = "--faults", negatable = true, defaultValue = YES, fallbackValue = YES)
    private boolean faults;

    @Option(names = "--steps", paramLabel = "STEP", split = ",", converter = ActionText.class)
    private List<Fault.Action> steps = List.of();

    @Option(names = "--from", paramLabel = "JAR[:JAR]")
    private @Nullable String from;

    @Option(names = "--exactly-once", negatable = true, defaultValue = YES, fallbackValue = YES)
    private boolean exactlyOnce;

    @Option(names = "--check")
    private boolean check;

    @Option(names = "--out", paramLabel = "FILE")
    private @Nullable Path out;

    @Option(names = "--work", paramLabel = "DIR")
    private @Nullable Path work;

    @Override
    protected int run() throws IOException, InterruptedException {
        require(runs >= 1 && seconds >= 5, "--runs must be at least 1 and --seconds at least 5");
        require(brokers == 1 || brokers == 3, "--brokers must be 1 or 3");
        require(
                !instances.isEmpty() && instances.stream().allMatch(n -> n >= 1),
                "--instances must be at least 1 each");
        require(erasures == null || erasures >= 0, "--erasures must be at least 0");
        Path folder = work == null ? Files.createTempDirectory("assay-chaos-") : Files.createDirectories(work);
        PrintWriter print = out();
        List<Fault.Action> actions = possible(print);
        List<RunReport> reports = new ArrayList<>();
        BrokerCluster cluster;
        try (Children children = new Children();
                BrokerCluster started = cluster(children, folder.toAbsolutePath(), actions)) {
            cluster = started;
            print.println("data and logs: " + folder.toAbsolutePath());
            for (int run = 0; run < runs; run++) {
                RunPlan plan = plan(run, actions);
                print.println("seed " + plan.seed() + ", " + plan.instances() + " estimators: " + plan.faults());
                print.flush();
                RunReport report = new ChaosRun(
                                plan, cluster, children, folder.toAbsolutePath().resolve("run-" + plan.seed()), check)
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

    private RunPlan plan(int run, List<Fault.Action> actions) {
        long own = seed + run;
        int erased = erasures == null ? 1 + (int) Math.floorMod(own, MOST_ERASURES) : erasures;
        int estimators = instances.get(run % instances.size());
        List<Fault> schedule = faults ? FaultSchedule.draw(own, seconds, estimators, brokers, actions) : List.of();
        return new RunPlan(own, seconds, estimators, schedule, from, noErasures ? 0 : erased, rerun, exactlyOnce);
    }

    /** Those that were asked for, or all, without those that cannot be done here, and says why not. */
    private List<Fault.Action> possible(PrintWriter print) {
        List<Fault.Action> possible = new ArrayList<>();
        for (Fault.Action step : steps.isEmpty() ? List.of(Fault.Action.values()) : steps) {
            Optional<String> hindrance = Hindrance.of(step, from);
            hindrance.ifPresent(why -> print.println("without " + step.label() + ": " + why));
            if (hindrance.isEmpty()) {
                possible.add(step);
            }
        }
        require(!possible.isEmpty(), "--steps has none that can be done here");
        return possible;
    }

    private BrokerCluster cluster(Children children, Path folder, List<Fault.Action> actions) throws IOException {
        int slots = 1 + Collections.max(instances);
        return new BrokerCluster(children, folder, brokers, slots, actions.contains(Fault.Action.FILL_DISK));
    }

    /** Reads a step as {@link Fault.Action#label} writes it. */
    static final class ActionText implements ITypeConverter<Fault.Action> {
        @Override
        public Fault.Action convert(String value) {
            return Arrays.stream(Fault.Action.values())
                    .filter(action -> action.label().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("must be one of "
                            + Arrays.stream(Fault.Action.values())
                                    .map(Fault.Action::label)
                                    .collect(Collectors.joining(", "))
                            + ", was '" + value + "'"));
        }
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
