package dev.assay.service.ingest.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.json.JsonRefusal;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/** One item a line. A line that is none does not keep the others from being read. */
final class LineItems {
    private static final int USUAL_LINE = 1 << 16;
    private static final int LONGEST_LINE = 1 << 25;

    private final TextReader text;
    private final JsonTree tree;
    private char[] buffer = new char[USUAL_LINE];
    private int begin; // of the line
    private int end; // of what is read
    private long line;

    LineItems(TextReader text) {
        this.text = text;
        tree = new JsonTree(text);
    }

    /** @return how many lines were read */
    long lines() {
        return line;
    }

    <E extends Exception> void read(ItemTaker<E> taker) throws IOException, E {
        int searched = 0; // so far behind the line's begin
        while (true) {
            int newline = indexOfNewline(begin + searched);
            if (newline >= 0) {
                line(newline, taker);
                begin = newline + 1;
                searched = 0;
                continue;
            }
            searched = end - begin;
            if (searched >= LONGEST_LINE) {
                skipLongLine(taker);
                searched = 0;
            } else if (!fill()) {
                if (end > begin) {
                    line(end, taker);
                }
                return;
            }
        }
    }

    private int indexOfNewline(int from) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean fill() throws IOException {
        if (begin > 0) {
            System.arraycopy(buffer, begin, buffer, 0, end - begin);
            end -= begin;
            begin = 0;
        }
        if (buffer.length - end < USUAL_LINE / 2) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = text.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read >= 0;
    }

    private <E extends Exception> void skipLongLine(ItemTaker<E> taker) throws IOException, E {
        line++;
        taker.refused(Place.line(line), "a line must have at most " + LONGEST_LINE + " characters, has more");
        int newline = -1;
        do {
            begin = 0;
            end = 0;
            if (!fill()) {
                return;
            }
            newline = indexOfNewline(0);
        } while (newline < 0);
        begin = newline + 1;
    }

    private <E extends Exception> void line(int until, ItemTaker<E> taker) throws IOException, E {
        line++;
        int from = begin;
        while (from < until && Character.isWhitespace(buffer[from])) {
            from++;
        }
        if (from == until) {
            return;
        }
        Place place = Place.line(line);
        JsonNode item;
        try (JsonParser parser = JsonTree.JSON.createParser(buffer, from, until - from)) {
            parser.nextToken();
            item = tree.read(parser);
            if (parser.nextToken() != null) {
                throw new JsonRefusal("not JSON: the line goes on after its value, with "
                        + parser.currentToken().name().toLowerCase(Locale.ROOT));
            }
        } catch (JsonProcessingException e) {
            taker.refused(place, tree.unreadable(e, true));
            return;
        } catch (JsonRefusal e) {
            taker.refused(place, String.valueOf(e.getMessage()));
            return;
        }
        taker.item(place, item);
    }
}
