package dev.assay.cli.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.assay.cli.Assay;
import dev.assay.streams.ServiceConfig;
import dev.assay.streams.features.FeatureSpace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class FeaturesCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeTexts() throws IOException {
        List<String> plain = new ArrayList<>();
        List<String> trl = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            plain.add("{\"text\": \"%s\"}".formatted(text(i)));
            trl.add("""
                    {"prompt": "x", "chosen": "%s", "rejected": [{"role": "user", "content": "x"}, \
                    {"role": "assistant", "content": "%s"}]}""".formatted(text(i), text(20 + i)));
        }
        Files.write(folder.resolve("plain.jsonl"), plain);
        Files.write(folder.resolve("trl.jsonl"), trl);
    }

    private static String text(int number) {
        return "word" + number % 5 + " and" + " more".repeat(1 + number) + (number % 2 == 0 ? " even" : " odd");
    }

    @Test
    void aSpaceFittedOnRowsAndTextsIsTheOneAConfigOpens() throws IOException {
        assertThat(run("fit", "plain.jsonl", "trl.jsonl", "--out", "essays.features", "--dimension", "3"))
                .isZero();

        FeatureSpace space = opened("{kind: text, name: essays, file: essays.features}");
        assertThat(space.names()).containsExactly("pc_1", "pc_2", "pc_3", "log_words");
        assertThat(out.toString()).contains("texts 24", "kind text", "feature space " + space.id(), "dimension 4");
        double kept =
                Double.parseDouble(out.toString().split("variance kept ", 2)[1].split("\\s", 2)[0]);
        assertThat(kept).isBetween(0.1, 1.0);
    }

    /** One line, one array: what an ingest reads is cut as an ingest cuts it. */
    @Test
    void anArrayOfRowsIsReadAsAnIngestReadsIt() throws IOException {
        Files.writeString(folder.resolve("rows.json"), """
                [{"prompt":"Name a colour.","chosen":"Blue like the sea.","rejected":"None at all."},\
                {"prompt":"Name a fruit.","chosen":[{"role":"user","content":"Name a fruit."},\
                {"role":"assistant","content":"A ripe pear."}],\
                "rejected":[{"role":"user","content":"Name a fruit."},{"role":"assistant","content":"Plants have it."}]}]
                """);

        assertThat(run("fit", folder.resolve("rows.json").toString(), "--out", "x.features"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("texts 4");
    }

    @Test
    void rowsOfOneTextAreTextsAndWhatIsRefusedStopsNothingElse() throws IOException {
        Files.writeString(folder.resolve("mixed.jsonl"), """
                {"prompt": "p", "completion": [{"role": "assistant", "content": "a completion"}], "label": true}
                {"rejected": "one that was rejected"}
                {"prompt": "p"}
                {"prompt": "p", "chosen": "the chosen", "rejected": "the rejected"}
                no JSON
                {"text": "a text"}
                """);

        assertThat(run("fit", "mixed.jsonl", "--out", "x.features")).isEqualTo(1);
        assertThat(out.toString()).contains("texts 5", "written to");
        assertThat(err.toString()).contains("a row must have one of text", "not JSON", "2 refused as said above");
    }

    @Test
    void aFittedSpaceIsShown() {
        run("fit", "plain.jsonl", "--out", "essays.features", "--dimension", "3");
        String fitted = out.toString();
        out.getBuffer().setLength(0);

        assertThat(run("show", folder.resolve("essays.features").toString())).isZero();

        assertThat(fitted).contains(out.toString());
    }

    @Test
    void aFittedSpaceIsOverwrittenOnlyByForce() throws Exception {
        run("fit", "plain.jsonl", "--out", "essays.features", "--dimension", "3");
        byte[] fitted = Files.readAllBytes(folder.resolve("essays.features"));
        assertThat(run("fit", "plain.jsonl", "--out", "essays.features", "--dimension", "2"))
                .isEqualTo(2);
        assertThat(Files.readAllBytes(folder.resolve("essays.features"))).isEqualTo(fitted);
        assertThat(run("fit", "plain.jsonl", "--out", "essays.features", "--dimension", "2", "--force"))
                .isZero();
    }

    @Test
    void embeddingsOfAServerAreFittedAndTheDeploymentProjectsThem() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/embed", exchange -> {
            try (exchange) {
                JsonNode inputs = new ObjectMapper()
                        .readTree(exchange.getRequestBody().readAllBytes())
                        .path("inputs");
                StringBuilder body = new StringBuilder("[");
                for (JsonNode text : inputs) {
                    double length = text.asText().length();
                    body.append(body.length() == 1 ? "" : ",")
                            .append(String.format(
                                    Locale.ROOT, "[%f,%f,%f]", length, Math.sin(length), Math.cos(3 * length)));
                }
                byte[] bytes = body.append(']').toString().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
        try {
            String features =
                    "{kind: embeddings, name: essays, contract: tei, dimension: 3, file: essays.features, url: "
                            + "\"http://localhost:" + server.getAddress().getPort() + "\"}";
            Path config = config(features);

            assertThat(run("fit", "trl.jsonl", "-c", config.toString(), "--out", "essays.features", "--dimension", "2"))
                    .isZero();

            FeatureSpace space = opened(features);
            assertThat(out.toString())
                    .contains("kind embeddings", "feature space " + space.id(), "tei model (not named) of dimension 3");
            assertThat(space.names()).containsExactly("pc_1", "pc_2");
            assertThat(space.features(null, null, "some text")).hasSize(2);
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            missing.jsonl --out x.features             | missing.jsonl
            plain.jsonl --out no/x.features            | --out must be a file in a folder that exists
            plain.jsonl --out x.features --kind images | --kind must be text or embeddings, was images
            plain.jsonl --out x.features --kind embeddings | --kind embeddings needs -c
            plain.jsonl --out x.features --dimension 12 | components must be less than the number of texts, 12, was 12
            bad.jsonl --out x.features                 | a row must have one of text, completion, chosen, rejected
            odd.jsonl --out x.features                 | text must be text, or messages
            one.jsonl --out x.features                 | there must be at least 2 different texts, were 1
            """)
    void whatCannotBeFittedIsRefusedBeforeAnythingIsWritten(String arguments, String message) throws IOException {
        Files.writeString(folder.resolve("bad.jsonl"), "{\"text\": \"x\"}\n{\"prompt\": \"x\"}\n");
        Files.writeString(folder.resolve("odd.jsonl"), "{\"text\": 3}\n");
        Files.writeString(folder.resolve("one.jsonl"), "{\"text\": \"x\"}\n{\"text\": \"x\"}\n");

        int code = run(("fit " + arguments).split(" "));

        assertThat(err.toString()).contains(message);
        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(folder.resolve("x.features")).doesNotExist();
    }

    private Path config(String features) throws IOException {
        String yaml = "kafka: {bootstrap.servers: none}\nfeatures: " + features + "\n";
        return Files.writeString(folder.resolve("assay.yaml"), yaml);
    }

    private FeatureSpace opened(String features) throws IOException {
        String yaml = Files.readString(config(features));
        return ServiceConfig.parse(yaml, Map.of()).features().open(folder);
    }

    /** Names of files are those in the folder. */
    private int run(String... arguments) {
        String[] absolute = Stream.concat(Stream.of("features"), Stream.of(arguments))
                .map(argument -> argument.endsWith(".jsonl") || argument.endsWith(".features")
                        ? folder.resolve(argument).toString()
                        : argument)
                .toArray(String[]::new);
        return Assay.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(absolute);
    }
}
