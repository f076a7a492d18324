package dev.assay.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.cli.broker.WorkFolder;
import dev.assay.cli.command.AssayCommand;
import dev.assay.cli.command.Failures;
import dev.assay.cli.command.Interruption;
import dev.assay.cli.command.ReadingOptions;
import dev.assay.cli.command.SaidRefusals;
import dev.assay.service.ingest.JudgedData;
import dev.assay.service.roles.RunningScorer;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.Role;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay demo}: everything in one process, on a real broker, from judgments to pessimistic best-of-N. */
@Command(name = "demo", mixinStandardHelpOptions = true)
public final class DemoCommand extends AssayCommand {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Option(names = "--data", paramLabel = "FILE", arity = "1..*")
    private @Nullable List<Path> data;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Option(names = "--position")
    private boolean position;

    @Option(names = "--port", paramLabel = "N")
    private int port = 0;

    @Option(names = "--dashboard-port", paramLabel = "N")
    private int dashboardPort = DemoDashboard.USUAL_PORT;

    @Option(names = "--once")
    private boolean once;

    @Option(names = "--json", paramLabel = "FILE")
    private @Nullable Path json;

    @Override
    protected int run() throws Exception {
        PrintWriter out = out();
        InvalidInputException.require(!reading.given() || data != null, "--format is for --data, which was not given");
        InvalidInputException.require(!position || data != null, "--position is for --data, which was not given");
        InvalidInputException.requirePort("--dashboard-port", dashboardPort);
        JudgedData read = data == null ? null : JudgedData.read(data, reading.reading(), new SaidRefusals(err()));
        long begin = System.nanoTime();
        Map<String, Double> startUp = new LinkedHashMap<>();
        MeterRegistry meters = new SimpleMeterRegistry();
        try (Interruption interruption = Interruption.awaited();
                WorkFolder work = WorkFolder.temporary();
                EmbeddedBroker broker = EmbeddedBroker.start(port, null)) {
            startUp.put("broker", since(begin));
            long preparing = System.nanoTime();
            DemoCampaign campaign = data == null || read == null
                    ? SimulatedCampaign.draw(work.path(), broker.bootstrapServers())
                    : FolderCampaign.of(read, data, work.path(), broker.bootstrapServers(), position);
            startUp.put("features", since(preparing));
            Clients.setUpTopics(campaign.deployment(), Duration.ofSeconds(30));
            out.println("Assay on " + campaign.title() + "; Kafka listens on " + broker.bootstrapServers());
            out.flush();
            try (Role estimator = Role.estimator(campaign.deployment(), meters);
                    RunningScorer scorer = DemoDashboard.start(campaign, dashboardPort, meters, out)) {
                long joining = System.nanoTime();
                awaitRunning(estimator);
                startUp.put("roles", since(joining));
                DemoReport report = new DemoRun(campaign, meters, startUp).run();
                report.seconds().put("total", since(begin));
                new DemoText(out).print(report);
                if (json != null) {
                    JSON.writeValue(json.toFile(), report);
                }
                if (!once) {
                    out.println("The service keeps running; its config is " + campaign.config() + ", its dashboard "
                            + scorer.address() + "/. Stop with Ctrl-C.");
                    out.flush();
                    interruption.await();
                }
            }
        }
        return read != null && read.tally().refused() > 0 ? Failures.FAILED : 0;
    }

    /** What is measured afterwards is then the stream, not the start of it. */
    private static void awaitRunning(Role role) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!role.running()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the estimator has not started within a minute");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static double since(long beginNanos) {
        return (System.nanoTime() - beginNanos) / 1e9;
    }
}
