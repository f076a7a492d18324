package dev.assay.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueriesTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String GOOD = """
            {"level": 0.9, "actions": [[1, 0, 0, 0, 0], [0, 1, 0, 0, 0]], "difference_pairs": [[0, 1]],
             "contexts_psi0": [1], "contexts_psi": [[0, 0, 0]], "selection_sets": [[[1, 0, 0, 0, 0]]]}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            level            | 1                | level must be above 0 and at most 1 - 1e-12, was 1.0
            level            | "0.9"            | Cannot coerce String value
            actions          | [[1, 2]]         | actions[0] must have 5 numbers, has 2
            actions          | [[1,2,3,4,null]] | actions[0][4] must be a number between -1e37 and 1e37, was null
            actions          | [[1,2,3,4,1.1e37]] | actions[0][4] must be a number between -1e37 and 1e37, was 1.1E37
            actions          | [[1,2,3,4,"5"]]  | Cannot coerce String value
            actions          | [null]           | actions[0] must be a list, is null
            actions          | null             | actions must be a list, is null
            actions          | {}               | from Object value
            difference_pairs | [[0, 2]]         | difference_pairs[0][1] must be the index of one of 2 actions, was 2
            difference_pairs | [[-1, 0]]        | difference_pairs[0][0] must be the index of one of 2 actions, was -1
            difference_pairs | [[0]]            | difference_pairs[0] must have 2 indices, is [0]
            difference_pairs | [[0, 0.5]]       | Cannot coerce Floating-point value
            contexts_psi0    | [1, 1]           | contexts_psi0 must have 1 numbers, has 2
            contexts_psi     | [[0, 0]]         | contexts_psi[0] must have 3 numbers, has 2
            selection_sets   | [[]]             | selection_sets[0] must have at least one entry, has 0
            selection_sets   | [[[1]]]          | selection_sets[0][0] must have 5 numbers, has 1
            test_point       | [1, 2, 3]        | test_point must have 8 numbers, has 3
            """)
    void aWrongEntryIsRefusedByName(String key, String value, String problem) throws IOException {
        ObjectNode queries = (ObjectNode) MAPPER.readTree(GOOD);
        queries.set(key, MAPPER.readTree(value));

        FitRun run = run(queries.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("queries.json").contains(problem);
    }

    @ParameterizedTest
    @CsvSource({"level", "actions", "difference_pairs", "contexts_psi0", "contexts_psi", "selection_sets"})
    void aMissingKeyIsRefusedByName(String key) throws IOException {
        ObjectNode queries = (ObjectNode) MAPPER.readTree(GOOD);
        queries.remove(key);

        FitRun run = run(queries.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'" + key + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{ | line 1", "null | is null", "'' | No content", "{} {} | level"})
    void whatIsNoJsonObjectIsRefused(String content, String problem) throws IOException {
        FitRun run = run(content);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("queries.json").contains(problem);
    }

    @Test
    void aMissingFileIsRefused() {
        FitRun run = FitRun.of(
                "--comparisons",
                FitRun.vector("a_small.csv").toString(),
                "--queries",
                folder.resolve("absent.json").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("absent.json: no such file");
    }

    @Test
    void theQuantileFollowsTheLevelAndTheTestPointMayBeAbsent() throws IOException {
        JsonNode answers = run(GOOD).result();

        assertThat(answers.get("level").asDouble()).isEqualTo(0.9);
        assertThat(answers.get("quantile").asDouble()).isBetween(1.6448536269, 1.6448536270);
        assertThat(answers.get("pessimisticBestOfN").size()).isEqualTo(3);
        assertThat(answers.get("testPoint").isNull()).isTrue();
    }

    @Test
    void emptyListsHaveEmptyAnswers() throws IOException {
        JsonNode answers = run("""
                {"level": 0.9, "actions": [], "difference_pairs": [], "contexts_psi0": [], "contexts_psi": [],
                 "selection_sets": []}
                """).result();

        assertThat(answers.get("reward").get("lower")).isEmpty();
        assertThat(answers.get("bestOfN").isNull()).isTrue();
    }

    private FitRun run(String queries) throws IOException {
        Path file = Files.writeString(folder.resolve("queries.json"), queries);
        return FitRun.of(
                "--comparisons", FitRun.vector("a_small.csv").toString(), "--queries", file.toString(), "--json", "-");
    }
}
