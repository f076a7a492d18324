package dev.assay.service.ingest.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a line of text is as JSON. */
enum LineKind {
    WHOLE,
    BROKEN_OFF,
    NONE;

    static LineKind of(String line) {
        try (JsonParser parser = JsonTree.JSON.createParser(line)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null ? WHOLE : NONE;
        } catch (JsonEOFException e) {
            return BROKEN_OFF;
        } catch (JsonProcessingException e) {
            return NONE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
