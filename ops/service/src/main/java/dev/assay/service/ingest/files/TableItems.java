package dev.assay.service.ingest.files;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/** The rows of a table, each as an object of texts by column; an empty cell is not there. */
final class TableItems {
    private final TextReader text;
    private final TableDialect dialect;

    TableItems(TextReader text, TableDialect dialect) {
        this.text = text;
        this.dialect = dialect;
    }

    <E extends Exception> void read(ItemTaker<E> taker) throws IOException, E {
        long number = 0;
        long line = 1;
        try (CsvReader<CsvRecord> rows = TableDialect.reader(text, dialect.delimiter())) {
            Iterator<CsvRecord> each = rows.iterator();
            each.next(); // the header
            while (each.hasNext()) {
                CsvRecord row = each.next();
                number++;
                line = row.getStartingLineNumber();
                if (!empty(row)) {
                    take(row, Place.row(number, line), taker);
                }
            }
        } catch (CsvParseException e) {
            Throwable cause = e.getCause();
            String why = (e.getMessage() + (cause == null ? "" : ": " + cause.getMessage()))
                    .lines()
                    .findFirst()
                    .orElse("");
            taker.refused(
                    Place.row(number + 1, line + 1),
                    "no CSV: " + Shown.of(why) + "; what follows in this file cannot be read");
        }
    }

    private static boolean empty(CsvRecord row) {
        for (int i = 0; i < row.getFieldCount(); i++) {
            if (!row.getField(i).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private <E extends Exception> void take(CsvRecord row, Place place, ItemTaker<E> taker) throws E {
        ObjectNode item;
        try {
            item = item(row);
        } catch (JsonRefusal e) {
            taker.refused(place, String.valueOf(e.getMessage()));
            return;
        }
        taker.item(place, item);
    }

    private ObjectNode item(CsvRecord row) throws JsonRefusal {
        List<String> columns = dialect.columns();
        if (row.getFieldCount() != columns.size()) {
            throw new JsonRefusal(
                    "a row must have " + columns.size() + " cells, as the header has, has " + row.getFieldCount());
        }
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            String cell = row.getField(i);
            if (cell.isEmpty()) {
                continue;
            }
            if (text.escaped() && HalfCharacters.in(cell)) {
                throw new JsonRefusal(text.saidOfEscapes());
            }
            item.put(columns.get(i), dialect.cell(i, cell));
        }
        return item;
    }
}
