package dev.assay.service.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A file that is served as it is in the jar. */
public final class OwnFile {
    private OwnFile() {}

    /** @throws NullPointerException if there is no such file beside that class */
    public static byte[] read(Class<?> beside, String name) {
        try (InputStream content = beside.getResourceAsStream(name)) {
            return Objects.requireNonNull(content, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return {@code GET /openapi.json}, with the document beside that class */
    public static Route document(Class<?> beside) {
        byte[] document = read(beside, "openapi.json");
        return Route.raw(
                        "/openapi.json",
                        ctx -> ctx.contentType("application/json").result(document))
                .named("describe", "This document")
                .answers(200, "OpenAPI 3.");
    }
}
