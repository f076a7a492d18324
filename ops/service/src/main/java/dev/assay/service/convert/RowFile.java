package dev.assay.service.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import dev.assay.service.ingest.files.HalfCharacters;
import dev.assay.service.ingest.formats.Converted;
import dev.assay.service.ingest.formats.Intake;
import dev.assay.service.topics.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One file of {@link JudgmentRows}: JSON Lines as trainers read them, or a table of text. */
final class RowFile implements ConvertedFiles {
    private final AtomicFile file;
    private final Consumer<String> remark;
    private final @Nullable CsvWriter table;
    private long rows;

    /** White space at the ends of a cell is a reader's to lose unless it stands in quotes. */
    private static final QuoteStrategy QUOTED = new QuoteStrategy() {
        @Override
        public boolean quoteValue(int lineNo, int fieldIdx, String value) {
            return !value.isEmpty()
                    && (Character.isWhitespace(value.charAt(0))
                            || Character.isWhitespace(value.charAt(value.length() - 1)));
        }
    };

    private RowFile(AtomicFile file, Consumer<String> remark, @Nullable CsvWriter table) {
        this.file = file;
        this.remark = remark;
        this.table = table;
    }

    /** @param remark hears what a reader of the rows should know */
    static RowFile lines(Path out, Consumer<String> remark) {
        return new RowFile(new AtomicFile("OUT", out), remark, null);
    }

    /** @param separator between the cells of a row */
    static RowFile table(Path out, char separator, Consumer<String> remark) {
        AtomicFile file = new AtomicFile("OUT", out);
        CsvWriter table = CsvWriter.builder()
                .fieldSeparator(separator)
                .lineDelimiter(LineDelimiter.LF)
                .quoteStrategy(QUOTED)
                .build(file.writer());
        table.writeRecord(JudgmentRows.COLUMNS);
        return new RowFile(file, remark, table);
    }

    @Override
    public Optional<String> take(Intake.Judged judged) throws IOException {
        if (judged.judgment().responses().size() < 2) {
            return Optional.of(
                    "a row has two responses, judgment " + judged.judgment().judgmentId() + " has "
                            + judged.judgment().responses().size());
        }
        List<ObjectNode> each = JudgmentRows.of(judged);
        if (table == null) {
            for (ObjectNode row : each) {
                file.line(JsonText.of(row));
            }
        } else {
            List<List<String>> records = each.stream().map(RowFile::cells).toList();
            if (!records.stream().flatMap(List::stream).noneMatch(HalfCharacters::in)) {
                return Optional.of("a table has no way to write half of a surrogate pair, judgment "
                        + judged.judgment().judgmentId() + " has one; JSON has");
            }
            records.forEach(table::writeRecord);
        }
        rows += each.size();
        remark(judged, each);
        return Optional.empty();
    }

    private void remark(Intake.Judged judged, List<ObjectNode> each) {
        if (judged.prompt() == null) {
            remark.accept("judgments whose prompt came without words: prompt_id alone");
        }
        if (each.size() > 1) {
            remark.accept("rankings of several responses: the best before each other");
        }
        if (each.stream().anyMatch(row -> row.get("tie").asBoolean())) {
            remark.accept("judgments with a tie: leave out rows with tie true to train");
        }
        if (judged.judgment().responses().stream().anyMatch(response -> response.text() == null)) {
            remark.accept("judgments with responses that have no text");
        }
    }

    private static List<String> cells(ObjectNode row) {
        List<String> empty = new ArrayList<>();
        row.properties().forEach(member -> {
            if (member.getValue().isTextual() && member.getValue().textValue().isEmpty()) {
                empty.add(member.getKey());
            }
        });
        JudgmentRows.put(row, "empty", empty.isEmpty() ? null : String.join(" ", empty));
        row.put(Converted.TELLING, Converted.CELLS);
        List<String> cells = new ArrayList<>(JudgmentRows.COLUMNS.size());
        for (String column : JudgmentRows.COLUMNS) {
            JsonNode value = row.get(column);
            cells.add(value == null ? "" : value.isTextual() ? value.textValue() : JsonText.of(value));
        }
        return cells;
    }

    @Override
    public String written() {
        return rows + " rows";
    }

    @Override
    public void commit() throws IOException {
        if (table != null) {
            table.flush();
        }
        file.commit();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
