package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The README's first command, as typed, on a real broker. */
@Tag("broker")
class DemoBrokerTest {
    private static final Path ARGUMENTS = Path.of("..", "..", "..", "shared", "data", "arguments");

    private static final Pattern ADDRESS = Pattern.compile("Dashboard: (http://127\\.0\\.0\\.1:[0-9]+/)");
    private static final Duration PATIENCE = Duration.ofMinutes(2); // it takes seconds; a busy machine may need more
    private static final long LOOK_EVERY_NANOS = 20_000_000;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private final StringWriter printed = new StringWriter();

    @Test
    void theSimulatedCampaignIsStreamedLearntAndScored() throws Exception {
        JsonNode report = demo();
        assertThat(report.at("/judgments/admitted").asLong()).isGreaterThan(15_000);
        assertThat(report.at("/judgments/refused").asLong()).isZero();
        assertThat(report.at("/shards").asInt()).isEqualTo(4);
        assertThat(report.at("/streamedVersusOfflineStandardErrors").asDouble()).isLessThan(1e-6);
        assertThat(report.at("/degreesOfFreedom").asInt()).isEqualTo(4);
        // Four effects at once: beyond four standard errors of the truth is one campaign in four thousand.
        assertThat(report.at("/rationality"))
                .hasSize(4)
                .allSatisfy(effect -> assertThat(effect.get("estimate").asDouble())
                        .isCloseTo(
                                effect.get("truth").asDouble(),
                                within(4 * effect.get("standardError").asDouble())));
        assertThat(report.at("/heldOut/heterogeneous/logLoss").asDouble())
                .isLessThan(report.at("/heldOut/bradleyTerry/logLoss").asDouble());
        assertThat(report.at("/bestOfN")).hasSize(3).allSatisfy(DemoBrokerTest::choicesAreTheHighest);
        assertThat(printed.toString()).contains("within", "standard errors of an offline fit");
    }

    @Test
    void theDashboardIsThereFromTheStartAndStaysUntilInterrupted() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread demo = new Thread(() -> command().execute("demo", "--dashboard-port", "" + taken.getLocalPort()));
            demo.start();
            await(
                    "the dashboard's address",
                    () -> ADDRESS.matcher(printed.toString()).find());
            assertThat(printed.toString()).contains("Port " + taken.getLocalPort() + " is taken");
            Matcher address = ADDRESS.matcher(printed.toString());
            assertThat(address.find()).isTrue();
            String url = address.group(1);
            boolean isEarly = !printed.toString().contains("judgments read");
            assertThat(get(url).body()).contains("Who judges unlike the others?");
            await("an estimate", () -> get(url + "v1/model").statusCode() == 200);
            JsonNode board =
                    new ObjectMapper().readTree(get(url + "v1/leaderboard").body());
            assertThat(board.at("/policies")).hasSize(3);
            await("the report", () -> printed.toString().contains("The service keeps running"));

            board = new ObjectMapper().readTree(get(url + "v1/leaderboard").body());
            assertThat(board.at("/policies/0/policy").asText()).isEqualTo("better of both");
            assertThat(board.at("/policies/0/rank_upper").asInt()).isEqualTo(1);
            assertThat(board.at("/policies/2/rank_lower").asInt()).isEqualTo(2); // drawn alike, so not told apart
            assertThat(isEarly).as("it was there before the judgments").isTrue();
            demo.interrupt();
            demo.join();
        }
    }

    @Test
    void aPortThatIsNoneIsRefusedByName() {
        assertThat(command().execute("demo", "--dashboard-port", "65536")).isEqualTo(2);
        assertThat(printed.toString()).contains("--dashboard-port must be 0 to 65535, was 65536");
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private void await(String what, Callable<Boolean> so) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!so.call()) {
            assertThat(System.nanoTime())
                    .as("waited in vain for %s; printed was %s", what, printed)
                    .isLessThan(deadline);
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    @Test
    void realJudgmentsGiveTheFiguresOfAnIndependentRun() throws Exception {
        boolean present = Files.isDirectory(ARGUMENTS);
        if (!present) {
            System.err.println("SKIPPED: " + ARGUMENTS + " is not here, so the demo on real judgments was not tested");
        }
        org.junit.jupiter.api.Assumptions.assumeTrue(present);
        JsonNode report = demo("--data", ARGUMENTS.toString());
        assertThat(report.at("/judgments/refused").asLong()).isZero();
        assertThat(report.at("/judgments/admitted").asLong()).isBetween(44_000L, 46_500L);
        assertThat(report.at("/streamedVersusOfflineStandardErrors").asDouble()).isLessThan(1e-6);
        assertThat(report.at("/likelihoodRatio").asDouble()).isBetween(50.0, 100.0);
        assertThat(report.at("/degreesOfFreedom").asInt()).isEqualTo(5);
        assertThat(report.at("/heldOut/heterogeneous/accuracy").asDouble())
                .isGreaterThan(0.71)
                .isGreaterThan(report.at("/heldOut/longer/accuracy").asDouble());
        assertThat(report.at("/bestOfN")).hasSize(3).allSatisfy(DemoBrokerTest::choicesAreTheHighest);
    }

    /** From the candidates' own numbers: the highest reward, and the highest lower bound. */
    private static void choicesAreTheHighest(JsonNode choice) {
        String best = "";
        String pessimistic = "";
        double reward = Double.NEGATIVE_INFINITY;
        double lower = Double.NEGATIVE_INFINITY;
        for (JsonNode candidate : choice.get("candidates")) {
            assertThat(candidate.get("standardError").asDouble()).isPositive();
            if (candidate.get("reward").asDouble() > reward) {
                reward = candidate.get("reward").asDouble();
                best = candidate.get("id").asText();
            }
            if (candidate.get("lower").asDouble() > lower) {
                lower = candidate.get("lower").asDouble();
                pessimistic = candidate.get("id").asText();
            }
        }
        assertThat(choice.get("best").asText()).isEqualTo(best);
        assertThat(choice.get("pessimistic").asText()).isEqualTo(pessimistic);
    }

    private CommandLine command() {
        CommandLine assay = Assay.commandLine();
        return assay.setOut(new PrintWriter(printed, true)).setErr(new PrintWriter(printed, true));
    }

    private JsonNode demo(String... more) throws Exception {
        Path json = folder.resolve("report.json");
        String[] args = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("demo", "--once", "--json", json.toString()),
                        java.util.stream.Stream.of(more))
                .toArray(String[]::new);
        assertThat(command().execute(args)).as(printed.toString()).isZero();
        return new ObjectMapper().readTree(json.toFile());
    }
}
