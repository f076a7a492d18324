package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every alert fires on what it is for, and not before: {@code ops/dashboards/alerts-test.yml}, by Prometheus itself. */
class AlertRulesTest {
    private static final Path FOLDER = Path.of("../dashboards");
    private static final Pattern METRIC = Pattern.compile("\\b(?:assay|kafka)_[a-z_]+|\\bup\\b");
    private static final Path NOTHING = Path.of("/dev/null");

    @Test
    void everyAlertFiresWhenItShouldAndIsSilentBefore() throws Exception {
        Promtool.Verdict verdict = Promtool.run(FOLDER, NOTHING, "test", "rules", "alerts-test.yml");

        assertThat(verdict.exitCode()).as(verdict.printed()).isZero();
    }

    @Test
    void noAlertIsLeftUntested() throws Exception {
        YAMLMapper yaml = new YAMLMapper();
        List<String> alerts =
                yaml.readTree(FOLDER.resolve("alerts.yml").toFile()).findValuesAsText("alert");
        JsonNode tests = yaml.readTree(FOLDER.resolve("alerts-test.yml").toFile());

        assertThat(tests.findValuesAsText("alertname")).containsAll(alerts);
    }

    @Test
    void whatAnAlertIsAboutIsOnTheDashboard() throws Exception {
        JsonNode alerts =
                new YAMLMapper().readTree(FOLDER.resolve("alerts.yml").toFile()).at("/groups/0/rules");
        String shown = String.join(
                "\n",
                new ObjectMapper()
                        .readTree(FOLDER.resolve("grafana/assay.json").toFile())
                        .findValuesAsText("expr"));

        assertThat(alerts)
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(metrics(alert.get("expr").asText()))
                        .as(alert.get("alert").asText())
                        .isSubsetOf(metrics(shown)));
    }

    private static Set<String> metrics(String expressions) {
        return METRIC.matcher(expressions).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
