package dev.assay.service.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.assay.service.http.HttpProblem;
import dev.assay.service.ingest.formats.Format;
import dev.assay.service.ingest.formats.Formats;
import dev.assay.service.ingest.formats.Intake;
import dev.assay.service.ingest.formats.Items;
import dev.assay.service.ingest.formats.Neutral;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.streams.json.JsonErrors;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import dev.assay.streams.json.StrictJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request for many judgments: one item, an array of items, or one a line, in any format that files have, read by
 * the reader of files.
 *
 * @param maxItems of one request
 * @param settings how platforms write their judgments
 */
record BulkBody(int maxItems, PlatformSettings settings) {
    /** Names the format by what the first item shows. */
    static final String AUTO = "auto";

    /**
     * What an item asks for.
     *
     * @param item which one, from 0
     */
    record Placed(int item, Intake intake) {}

    /** One item, or why it is none. */
    private record Item(JsonNode json, @Nullable Intake refusal) {
        static Item of(byte[] text) {
            try {
                return new Item(StrictJson.tree(text, JsonErrors.OF_A_PAYLOAD), null);
            } catch (JsonRefusal e) {
                return new Item(MissingNode.getInstance(), Intake.NotUnderstood.because(e));
            }
        }
    }

    /**
     * @param lines whether there is an item a line
     * @param format its name, or {@value #AUTO}; null: neutral
     * @param source of judgments that name none
     * @throws HttpProblem 400 if nobody knows the format, 413 if there are too many
     */
    List<Placed> read(byte[] body, boolean lines, @Nullable String format, String source) {
        List<Item> items = lines ? lines(body) : elements(body);
        require(items.size());
        Items reader =
                format == null ? new Neutral(source) : format(format, items).items(settings, source);
        List<Placed> placed = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            if (item.refusal() != null) {
                placed.add(new Placed(i, item.refusal()));
            } else {
                add(placed, i, item.json().isMissingNode() ? reader.read(new byte[0]) : reader.read(item.json()));
            }
        }
        add(placed, items.size() - 1, reader.end());
        require(placed.size());
        return placed;
    }

    private static void add(List<Placed> placed, int item, List<Intake> asked) {
        asked.forEach(intake -> placed.add(new Placed(item, intake)));
    }

    private void require(int count) {
        if (count > maxItems) {
            throw HttpProblem.of(413, "a request must have at most " + maxItems + " judgments, has " + count);
        }
    }

    private static Format format(String name, List<Item> items) {
        if (!name.equals(AUTO)) {
            return Formats.called(name)
                    .orElseThrow(() -> HttpProblem.of(
                            400,
                            "format must be " + AUTO + " or one of " + String.join(", ", Formats.names()) + ", was "
                                    + Shown.of(name)));
        }
        return items.stream()
                .map(Item::json)
                .map(Formats::of)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> HttpProblem.of(
                        400,
                        "the format is not to be seen in any item: name it by format, one of "
                                + String.join(", ", Formats.names())));
    }

    private static List<Item> elements(byte[] body) {
        Item whole = Item.of(body);
        if (!whole.json().isArray()) {
            return List.of(whole);
        }
        List<Item> each = new ArrayList<>(whole.json().size());
        whole.json().forEach(element -> each.add(new Item(element, null)));
        return each;
    }

    private List<Item> lines(byte[] body) {
        List<Item> each = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '\n') {
                byte[] line = Arrays.copyOfRange(body, begin, i);
                begin = i + 1;
                if (!blank(line)) {
                    require(each.size() + 1);
                    each.add(Item.of(line));
                }
            }
        }
        return each.isEmpty() ? List.of(Item.of(body)) : each;
    }

    private static boolean blank(byte[] line) {
        for (byte one : line) {
            if (one != ' ' && one != '\t' && one != '\r') {
                return false;
            }
        }
        return true;
    }
}
