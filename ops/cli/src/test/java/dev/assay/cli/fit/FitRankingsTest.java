package dev.assay.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code assay fit} of folders with rankings: 60 responses, 400 rankings of 4 of them, drawn choice by choice. */
class FitRankingsTest {
    private static final int RESPONSES = 60;
    private static final int RANKINGS = 400;
    private static final double[] REWARD = {1, -0.5};

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(3);
    private final double[] rewards = new double[RESPONSES];

    @Test
    void rankingsAreFittedAsOneJudgmentEach() throws IOException {
        write(4);

        JsonNode result = run("--annotators").result();

        assertThat(result.get("status").asText()).isEqualTo("converged");
        assertThat(result.get("judgments").asInt()).isEqualTo(RANKINGS);
        for (int i = 0; i < REWARD.length; i++) {
            double error = result.get("standardErrors").get(i).asDouble();
            assertThat(result.get("theta").get(i).asDouble()).isCloseTo(REWARD[i], within(4 * error));
            // Independent judgments: the sandwich agrees with the model where the model is right.
            assertThat(Math.sqrt(result.get("sandwichDiagonal").get(i).asDouble()))
                    .isCloseTo(error, within(0.3 * error));
        }
        assertThat(result.get("annotators").get("annotators")).hasSize(60);
    }

    @Test
    void splitTheyAreSixJudgmentsEachWithErrorsTooSmallByTheModel() throws IOException {
        write(4);
        JsonNode whole = run().result();

        JsonNode split = run("--split-rankings").result();

        assertThat(split.get("judgments").asInt()).isEqualTo(6 * RANKINGS);
        for (int i = 0; i < REWARD.length; i++) {
            assertThat(split.get("standardErrors").get(i).asDouble())
                    .isLessThan(0.9 * whole.get("standardErrors").get(i).asDouble());
        }
    }

    @Test
    void aRankingOfTwoIsAPair() throws IOException {
        List<String> pairs = write(2);
        JsonNode ranked = run().result();
        Files.write(
                folder.resolve("judgments.jsonl"),
                pairs.stream()
                        .map(line -> line.replaceAll(
                                        "\"responses\": \\[(\"r\\d+\"), (\"r\\d+\")\\]",
                                        "\"first\": $1, \"second\": $2")
                                .replace("\"ranking\": [1, 2]", "\"preference\": \"FIRST\"")
                                .replace("\"ranking\": [2, 1]", "\"preference\": \"SECOND\""))
                        .toList());

        JsonNode judged = run().result();

        assertThat(ranked.get("theta")).isEqualTo(judged.get("theta"));
        assertThat(ranked.get("logLikelihood")).isEqualTo(judged.get("logLikelihood"));
    }

    @Test
    void splittingIsForFolders() {
        FitRun run = FitRun.of("--comparisons", "some.csv", "--split-rankings");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--split-rankings is for --judgments");
    }

    private FitRun run(String... options) {
        List<String> all = new ArrayList<>(List.of("--judgments", folder.toString(), "--json", "-"));
        all.addAll(List.of(options));
        return FitRun.of(all.toArray(String[]::new));
    }

    private List<String> write(int size) throws IOException {
        List<String> responses = new ArrayList<>();
        for (int i = 0; i < RESPONSES; i++) {
            double[] features = {random.nextDouble(-1, 1), random.nextDouble(-1, 1)};
            rewards[i] = REWARD[0] * features[0] + REWARD[1] * features[1];
            responses.add("{\"response_id\": \"r%d\", \"prompt_id\": \"p\", \"features\": [%s, %s]}"
                    .formatted(i, features[0], features[1]));
        }
        Files.write(folder.resolve("responses.jsonl"), responses);
        List<String> judgments =
                IntStream.range(0, RANKINGS).mapToObj(i -> ranking(i, size)).toList();
        Files.write(folder.resolve("judgments.jsonl"), judgments);
        return judgments;
    }

    /** The order of rewards with Gumbel noise is a sequence of logistic choices. */
    private String ranking(int number, int size) {
        List<Integer> judged =
                random.ints(0, RESPONSES).distinct().limit(size).boxed().toList();
        List<Double> utilities = judged.stream()
                .map(i -> rewards[i] - Math.log(-Math.log(random.nextDouble(1e-12, 1))))
                .toList();
        String ranks = utilities.stream()
                .map(own -> utilities.stream().filter(other -> other > own).count() + 1)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        String ids = judged.stream().map(i -> "\"r" + i + "\"").collect(Collectors.joining(", "));
        return "{\"judgment_id\": \"j%d\", \"annotator_id\": \"a%d\", \"prompt_id\": \"p\", \"responses\": [%s], \"ranking\": [%s]}"
                .formatted(number, number % 60, ids, ranks);
    }
}
