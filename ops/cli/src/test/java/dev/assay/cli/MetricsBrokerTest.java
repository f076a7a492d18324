package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.service.http.Health;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.roles.BrokerWatch;
import dev.assay.service.roles.Operations;
import dev.assay.service.roles.RunningGateway;
import dev.assay.service.roles.RunningScorer;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.ServiceConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The three roles on a real broker, judgments through all stages, and what their metrics and logs say of it. */
@Tag("broker")
@SuppressWarnings("NullAway.Init") // set before all
class MetricsBrokerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_EVERY_NANOS = 20_000_000;
    private static final int JUDGMENTS = 200;
    private static final String SECRET = "zyx-nobody-may-see";
    private static final Path ROOT = Path.of("../..");
    private static final Pattern METRIC = Pattern.compile("\\b(assay|kafka|jvm|process|system)_[a-z0-9_]+\\b");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.assay");

    @TempDir
    static Path folder;

    /** What each role shows when judgments have passed all stages. */
    private static final Map<String, String> SCRAPED = new TreeMap<>();

    private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();

    @BeforeAll
    static void passJudgmentsThroughAllStages() throws Exception {
        Level before = LOG.getLevel();
        LOG.setLevel(Level.DEBUG);
        LOGGED.start();
        LOG.addAppender(LOGGED);
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("broker"))) {
            Deployment deployment = deployment(broker);
            Clients.setUpTopics(deployment, PATIENCE);
            try (Operations estimating = Operations.start(deployment, "estimator");
                    Operations scoring = Operations.start(deployment, "scorer");
                    Operations receiving = Operations.start(deployment, "gateway")) {
                assertThat(get(estimating.port(), "/health/ready").statusCode()).isEqualTo(503);
                assertThat(get(estimating.port(), "/health/live").statusCode()).isEqualTo(200);
                run(deployment, estimating, scoring, receiving);
            }
        } finally {
            LOG.setLevel(before);
        }
    }

    @AfterAll
    static void logAsBefore() {
        LOG.detachAppender(LOGGED);
    }

    private static void run(Deployment deployment, Operations estimating, Operations scoring, Operations receiving)
            throws Exception {
        try (Role estimator = Role.estimator(deployment, estimating.meters());
                RunningScorer scorer = RunningScorer.start(
                        deployment, deployment.config().servers().serve(), null, null, scoring.meters());
                RunningGateway gateway = RunningGateway.start(
                        deployment,
                        deployment.config().servers().gateway(),
                        PlatformSettings.DEFAULTS,
                        receiving.meters());
                BrokerWatch watch = BrokerWatch.start(deployment, gateway, receiving.meters())) {
            estimator.bindTo(estimating.meters());
            estimating.watch(
                    estimator::dead,
                    () -> Health.Ready.unless(
                            estimator.running() ? estimator.wrong() : List.of("it waits for its shards")));
            scorer.watchedBy(scoring);
            gateway.watchedBy(receiving);
            String judgments = URI.create(gateway.address()) + "/v1/judgments";
            for (int i = 0; i < JUDGMENTS; i++) {
                post(judgments, judgment(i, "[" + i % 3 + ", " + i % 5 + "]"));
            }
            post(judgments, judgment(JUDGMENTS, "[1]")); // refused for its dimension
            await(
                    "all three are ready",
                    () -> get(estimating.port(), "/health/ready").statusCode()
                                    + get(scoring.port(), "/health/ready").statusCode()
                                    + get(receiving.port(), "/health/ready").statusCode()
                            == 600);
            post(
                    scorer.address() + "/v1/score",
                    "{\"candidates\": [{\"id\": \"" + SECRET + "\", \"features\": [1, 2]}]}");
            await(
                    "figures of all judgments",
                    () -> sum(scrape(scoring.port()), "assay_score_snapshot_judgments") == JUDGMENTS);
            SCRAPED.put("estimator", scrape(estimating.port()));
            SCRAPED.put("scorer", scrape(scoring.port()));
            SCRAPED.put("gateway", scrape(receiving.port()));
        }
    }

    @Test
    void whatPassedIsWhatTheMetricsCount() {
        assertThat(value("gateway", "assay_adapt_judgments_accepted_total")).isEqualTo(JUDGMENTS);
        assertThat(value("gateway", "assay_adapt_judgments_refused_total")).isEqualTo(1);
        assertThat(value("estimator", "assay_admit_judgments_admitted_total")).isEqualTo(JUDGMENTS);
        assertThat(value("estimator", "assay_collect_comparisons_held")).isEqualTo(JUDGMENTS);
        assertThat(value("estimator", "assay_publish_snapshots_published_total"))
                .isPositive();
        assertThat(value("estimator", "assay_descend_reruns_ended_seconds_count"))
                .isPositive();
        assertThat(value("estimator", "assay_descend_estimates_held")).isZero(); // and not NaN, which no alert is above
        assertThat(value("estimator", "assay_descend_erasures_owed")).isZero();
        assertThat(value("scorer", "assay_serve_requests_answered_seconds_count"))
                .isPositive();
    }

    @Test
    void noFigureOfATopicComesTwice() {
        assertThat(String.join("\n", SCRAPED.values()))
                .contains("topic=\"assay.")
                .doesNotContain("topic=\"assay_");
    }

    @Test
    void dashboardsAndAlertsNameOnlyMetricsThatTheRolesShow() throws IOException {
        Set<String> shown = names(String.join("\n", SCRAPED.values()));

        assertThat(shown).containsAll(names(expressionsOfAlerts())).containsAll(names(expressionsOfDashboard()));
        assertThat(names(expressionsOfAlerts())).hasSizeGreaterThan(10);
        assertThat(names(expressionsOfDashboard())).hasSizeGreaterThan(30);
    }

    @Test
    void theDocumentNamesExactlyTheMetricsOfTheStages() throws IOException {
        Set<String> documented = names(Files.readString(ROOT.resolve("ops/docs/metrics.md"))).stream()
                .filter(name -> name.startsWith("assay_"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> shown = SCRAPED.values().stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("# TYPE assay_"))
                .map(line -> line.split(" ")[2])
                .filter(name -> !name.endsWith("_max")) // beside each timer
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(shown);
    }

    @Test
    void prometheusParsesWhatTheRolesShow() throws Exception {
        for (Map.Entry<String, String> role : SCRAPED.entrySet()) {
            Path scraped = Files.writeString(folder.resolve(role.getKey() + ".txt"), role.getValue());
            Promtool.Verdict verdict = Promtool.run(folder, scraped, "check", "metrics");
            // 3: it read all of it and would have named some of Kafka's otherwise; of ours it misses a text, which
            // metrics.md has.
            assertThat(verdict.exitCode()).as(verdict.printed()).isIn(0, 3);
            assertThat(verdict.printed().lines().filter(line -> line.startsWith("assay_")))
                    .allMatch(line -> line.endsWith(" no help text"));
        }
    }

    @Test
    void everyAlertHasItsSectionInTheRunbook() throws IOException {
        String runbook = Files.readString(ROOT.resolve("ops/docs/RUNBOOK.md"));
        for (JsonNode rule : alerts()) {
            String name = rule.get("alert").asText();
            assertThat(runbook).contains("\n## " + name + "\n");
            assertThat(rule.at("/annotations/runbook").asText())
                    .isEqualTo("ops/docs/RUNBOOK.md#" + name.toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void neitherMetricsNorLogsTellWhoJudgedOrWhat() {
        assertThat(LOGGED.list).isNotEmpty();
        String logged = LOGGED.list.stream()
                .map(event -> event.getFormattedMessage() + event.getKeyValuePairs() + event.getThrowableProxy())
                .collect(Collectors.joining("\n"));

        assertThat(logged).contains("snapshot published").doesNotContain(SECRET);
        assertThat(String.join("\n", SCRAPED.values())).doesNotContain(SECRET);
    }

    private static String judgment(int i, String features) {
        return """
                {"judgmentId": "j-%1$d-%2$s", "annotatorId": "a-%3$d-%2$s", "promptId": "p-%2$s", "preference": "%4$s",
                 "responses": [{"responseId": "r-%2$s", "features": %5$s}, {"responseId": "s", "features": [0, 1]}]}
                """.formatted(i, SECRET, i % 7, i % 4 == 0 ? "SECOND" : "FIRST", features);
    }

    private static Deployment deployment(EmbeddedBroker broker) {
        ServiceConfig config = ServiceConfig.parse("""
                model: watched
                kafka: {bootstrap.servers: "%s"}
                features: {kind: vectors, name: watched, dimension: 2}
                rerun: {interval: PT1S}
                gateway: {port: 0}
                serve: {port: 0}
                metrics: {port: 0}
                """.formatted(broker.bootstrapServers()), Map.of());
        return new Deployment(config, config.features().open(folder));
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        METRIC.matcher(text).results().map(found -> found.group()).forEach(names::add);
        return names;
    }

    private static JsonNode alerts() throws IOException {
        return new YAMLMapper()
                .readTree(ROOT.resolve("ops/dashboards/alerts.yml").toFile())
                .at("/groups/0/rules");
    }

    private static String expressionsOfAlerts() throws IOException {
        StringBuilder all = new StringBuilder();
        alerts().forEach(rule -> all.append(rule.get("expr").asText()).append('\n'));
        return all.toString();
    }

    private static String expressionsOfDashboard() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(ROOT.resolve("ops/dashboards/grafana/assay.json").toFile());
        List<String> all = dashboard.findValuesAsText("expr");
        return String.join("\n", all) + "\n" + dashboard.at("/templating").findValuesAsText("definition");
    }

    private static double value(String role, String name) {
        return sum(SCRAPED.getOrDefault(role, ""), name);
    }

    /** The sum over all series of a metric. */
    private static double sum(String scraped, String name) {
        return scraped.lines()
                .filter(line -> line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String scrape(int port) throws Exception {
        HttpResponse<String> answer = get(port, "/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        return answer.body();
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void post(String url, String body) throws Exception {
        HTTP.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("%s within %s", what, PATIENCE).isLessThan(deadline);
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
