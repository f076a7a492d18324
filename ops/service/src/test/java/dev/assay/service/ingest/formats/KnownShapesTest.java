package dev.assay.service.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.service.ingest.formats.Intake.Ignored;
import dev.assay.service.ingest.formats.Intake.Judged;
import dev.assay.service.ingest.formats.Intake.NotUnderstood;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of rows as people have them, sample by sample: texts, ranks, policies, annotators, prompts and remarks. */
class KnownShapesTest {
    /** {@code expected.txt}: the name of a sample between ==, and under it a line for each thing that is asked for. */
    private static Map<String, List<String>> expected() throws IOException {
        Map<String, List<String>> expected = new LinkedHashMap<>();
        List<String> open = new ArrayList<>();
        for (String line : Committed.text("expected.txt").lines().toList()) {
            if (line.startsWith("== ")) {
                open = new ArrayList<>();
                expected.put(line.substring(3), open);
            } else if (!line.isBlank()) {
                open.add(line);
            }
        }
        return expected;
    }

    static Stream<String> samples() throws IOException {
        return expected().keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void aSampleIsReadAsItIsMeant(String name) throws IOException {
        assertThat(told(name)).containsExactlyElementsOf(expected().getOrDefault(name, List.of()));
    }

    /** What a format has a sample of, of that it is said what becomes of it. */
    @Test
    void everyKnownShapeIsInTheTable() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Format format : Stream.concat(KnownShapes.TELLING.stream(), KnownShapes.LATER.stream())
                .toList()) {
            missing.addAll(Committed.namesOf(format.name()));
        }
        missing.removeAll(expected().keySet());
        assertThat(missing).isEmpty();
    }

    @Test
    void noTwoJudgmentsOfASampleHaveOneId() throws IOException {
        for (String name : expected().keySet()) {
            List<String> ids = new ArrayList<>();
            for (Intake intake : intakes(name)) {
                if (intake instanceof Judged judged) {
                    ids.add(judged.judgment().judgmentId());
                }
            }
            assertThat(ids).as(name).doesNotHaveDuplicates();
        }
    }

    @Test
    void ofTwoAnswersASettingSaysWhichOneIsRead() throws IOException {
        JsonNode item = Committed.firstItem("pku-safe-rlhf.jsonl");
        Items safer = PkuSafeRlhf.FORMAT.items(Committed.settings("pku-safe-rlhf: {label: safer}"), "a-file");
        assertThat(safer.read(item)).singleElement().isInstanceOfSatisfying(Judged.class, judged -> {
            assertThat(judged.judgment().ranking()).isEqualTo(Ranks.SECOND);
            assertThat(judged.remarks()).last().asString().contains("safer_response_id is read");
        });
    }

    @Test
    void rowsOfWhichSomebodyMayTellWhoWonAreNotSaidToHaveNoPairs() throws IOException {
        assertThat(Formats.of(row("{'prompt': 'x', 'answer': 'no', 'text_1': 'y', 'text_2': 'z', 'pick': 1}")))
                .isEmpty();
        assertThat(Formats.of(row("{'prompt': 'x', 'answer': 'y'}"))).contains(NoPairs.FORMAT);
    }

    @Test
    void rowsOfChosenAndRejectedStayWhatTheyWereWhateverIsBesideThem() throws IOException {
        assertThat(Formats.of(row("{'prompt': 'x', 'chosen': 'y', 'rejected': 'z', 'responses': ['y', 'z'],"
                        + " 'scores': [2, 1], 'response_a': 'y', 'response_b': 'z', 'winner': 'a'}")))
                .contains(TrlRows.FORMAT);
    }

    private static JsonNode row(String json) throws IOException {
        return new ObjectMapper().readTree(json.replace('\'', '"'));
    }

    private static List<Intake> intakes(String name) throws IOException {
        List<JsonNode> items = Committed.items(name);
        Items reader = Formats.of(items.get(0)).orElseThrow().items(PlatformSettings.DEFAULTS, "a-file");
        List<Intake> found = new ArrayList<>();
        for (JsonNode item : items) {
            found.addAll(reader.read(item));
        }
        found.addAll(reader.end());
        return found;
    }

    private static List<String> told(String name) throws IOException {
        List<String> told = new ArrayList<>();
        for (Intake intake : intakes(name)) {
            if (intake instanceof Judged judged) {
                told.add(told(judged));
                judged.remarks().forEach(remark -> told.add("  " + remark));
            } else if (intake instanceof Ignored ignored) {
                told.add("ignored: " + ignored.why());
            } else if (intake instanceof NotUnderstood no) {
                told.add("refused: " + no.why());
            }
        }
        return told;
    }

    private static String told(Judged judged) {
        Judgment judgment = judged.judgment();
        StringBuilder line = new StringBuilder(String.valueOf(judgment.annotatorId())).append(" |");
        for (int i = 0; i < judgment.responses().size(); i++) {
            JudgedResponse response = judgment.responses().get(i);
            line.append(' ').append(judgment.ranking().get(i)).append(": ").append(response.text());
            line.append(response.policy() == null ? "" : " (" + response.policy() + ")");
        }
        line.append(" | ").append(judged.prompt());
        Integer shown = judgment.occasion().shownFirst();
        line.append(shown == null ? "" : " | shown first " + shown);
        line.append(
                judgment.occasion().context().isEmpty()
                        ? ""
                        : " | " + judgment.occasion().context());
        return line.toString().replace("\n", "\\n");
    }
}
