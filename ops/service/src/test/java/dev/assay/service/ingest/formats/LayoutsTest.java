package dev.assay.service.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.service.ingest.formats.Intake.Judged;
import dev.assay.service.ingest.formats.Intake.NotUnderstood;
import dev.assay.service.ingest.table.KnownNames;
import dev.assay.streams.json.JsonRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * 2,000 layouts of a chosen and a rejected response: names, nesting, missing parts, histories. No character of a response may
 * be lost or moved without a remark or a refusal. (Issue 18.)
 */
class LayoutsTest {
    private static final int LAYOUTS = 2_000;
    private static final long SEED = 20_240_601;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> WORDS = List.of(
            "I", "think", "blue", " fits", "\n\nHuman:", "Assistant:", "\t", "  ", "Once", "é", "😀", ".", "\n", "a");
    private static final List<String> OTHER_NAMES = List.of("topic", "uid", "note", "context_length", "meta");

    /** A row, and what it was made of. */
    private record Layout(
            ObjectNode row, String columns, List<String> asked, String before, String chosen, String rejected) {}

    @Test
    void noLayoutLosesOrMovesACharacterWithoutAWord() throws Exception {
        int judged = 0;
        int withoutPrompt = 0;
        int cut = 0;
        for (int i = 0; i < LAYOUTS; i++) {
            Layout layout = layout(new SplittableRandom(SEED + i));
            Intake intake = read(layout);
            String told = "layout " + i + ": " + layout.row();
            if (intake instanceof NotUnderstood no) {
                assertThat(no.why()).as(told).contains("must");
                continue;
            }
            Judged one = (Judged) intake;
            judged++;
            withoutPrompt += one.prompt() == null ? 1 : 0;
            cut += layout.before().isEmpty() ? 0 : 1;
            requireWhole(told, one, layout);
        }
        assertThat(judged).as("layouts that are read").isGreaterThan(LAYOUTS * 9 / 10);
        assertThat(withoutPrompt).as("layouts without a prompt").isGreaterThan(LAYOUTS / 20);
        assertThat(cut).as("layouts with the prompt before both responses").isGreaterThan(LAYOUTS / 10);
    }

    private static void requireWhole(String told, Judged one, Layout layout) {
        String prompt = one.prompt() == null ? "" : one.prompt();
        List<String> whole = List.of(layout.chosen(), layout.rejected());
        for (int side = 0; side < 2; side++) {
            String text = String.valueOf(one.judgment().responses().get(side).text());
            String given = layout.before() + whole.get(side);
            // Whole, or cut where the turns end that both share, which are then what was asked.
            boolean cut = text.equals(whole.get(side))
                    && prompt.endsWith(layout.before().stripTrailing());
            boolean later = !layout.before().isEmpty()
                    && (given.endsWith("Assistant:" + text) || given.endsWith("Assistant: " + text))
                    && prompt.endsWith(given.substring(0, given.length() - text.length()));
            assertThat(text.equals(given) || cut || later)
                    .as(told + " is read as " + text + " of " + prompt)
                    .isTrue();
        }
        for (String asked : layout.asked()) {
            assertThat(prompt).as(told).contains(asked);
        }
        if (one.prompt() == null) {
            assertThat(one.remarks()).as(told).anyMatch(remark -> remark.startsWith("has no prompt (columns: "));
        }
    }

    private static Intake read(Layout layout) throws JsonRefusal {
        Format format = layout.columns().isEmpty()
                ? Formats.of(layout.row()).orElseThrow()
                : Columns.parse(layout.columns()).format();
        return format.items(PlatformSettings.DEFAULTS, "a-file")
                .read((JsonNode) layout.row())
                .get(0);
    }

    private static Layout layout(SplittableRandom random) {
        ObjectNode row = JSON.createObjectNode();
        List<String> asked = new ArrayList<>();
        if (random.nextInt(4) > 0) {
            prompt(row, asked, random);
        }
        for (String name : OTHER_NAMES) {
            if (random.nextInt(4) == 0) {
                row.put(name, text(random));
            }
        }
        String shared = random.nextBoolean() ? text(random) : "";
        String chosen = "c" + shared + text(random) + "1";
        String rejected = "c" + shared + text(random) + "2";
        boolean named = random.nextInt(3) == 0;
        ObjectNode inner = named ? JSON.createObjectNode() : row;
        String before = responses(inner, chosen, rejected, random);
        String columns = "";
        if (named) { // under names that nobody knows, inside of something
            row.set("data", inner);
            columns = "chosen=data.chosen,rejected=data.rejected";
        }
        return new Layout(row, columns, asked, before, chosen, rejected);
    }

    private static void prompt(ObjectNode row, List<String> asked, SplittableRandom random) {
        if (random.nextBoolean()) {
            said(row, KnownNames.PROMPT, asked, random);
            return;
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            String name = KnownNames.ASKED.get(random.nextInt(KnownNames.ASKED.size()));
            if (!row.has(name)) {
                said(row, name, asked, random);
            }
        }
        if (random.nextInt(4) == 0) {
            row.putNull(KnownNames.PROMPT);
        }
    }

    /** A text, messages of one kind or the other, turns, or nothing. */
    private static void said(ObjectNode row, String name, List<String> asked, SplittableRandom random) {
        String text = "q" + text(random) + "?";
        switch (random.nextInt(6)) {
            case 0 -> row.putArray(name).addObject().put("role", "user").put("content", text);
            case 1 -> row.putArray(name).addObject().put("from", "human").put("value", text);
            case 2 -> row.putArray(name).addArray().add(text).add("h" + text(random));
            case 3 -> row.putNull(name);
            default -> row.put(name, text);
        }
        if (!row.get(name).isNull()) {
            asked.add(text);
        }
    }

    /** @return what stands before both, as one text */
    private static String responses(ObjectNode row, String chosen, String rejected, SplittableRandom random) {
        String question = "q" + text(random) + "?";
        switch (random.nextInt(6)) {
            case 0 -> {
                messages(row.putArray("chosen"), List.of(), chosen);
                messages(row.putArray("rejected"), List.of(), rejected);
                return "";
            }
            case 1 -> {
                List<String> history = random.nextBoolean() ? List.of(question) : List.of(question, "Yes?", "So?");
                messages(row.putArray("chosen"), history, chosen);
                messages(row.putArray("rejected"), history, rejected);
                return String.join("\n\n", history) + "\n\n";
            }
            case 2 -> {
                String before = "\n\nHuman: " + question + "\n\nAssistant: ";
                row.put("chosen", before + chosen).put("rejected", before + rejected);
                return before;
            }
            case 3 -> {
                row.putObject("chosen").put("from", "gpt").put("value", chosen);
                row.putObject("rejected").put("from", "gpt").put("value", rejected);
                return "";
            }
            default -> {
                row.put("chosen", chosen).put("rejected", rejected);
                return "";
            }
        }
    }

    private static void messages(ArrayNode list, List<String> history, String last) {
        for (int i = 0; i < history.size(); i++) {
            list.addObject().put("role", i % 2 == 0 ? "user" : "assistant").put("content", history.get(i));
        }
        list.addObject().put("role", "assistant").put("content", last);
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(random.nextBoolean() ? " " : "");
        }
        return text.toString();
    }
}
