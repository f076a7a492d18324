package dev.assay.service.serve.dashboard;

import dev.assay.service.http.OwnFile;
import dev.assay.service.http.Route;
import dev.assay.streams.wire.Sha256;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The page that people look at: files that ask this scorer's other routes. They hold no estimate, so they need no token. */
public final class Dashboard {
    /** All from here, nothing inline, in nobody's frame: what is shown may come from annotators and policies. */
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final int NOT_MODIFIED = 304;
    private static final int TAG_DIGITS = 32;

    private Dashboard() {}

    /** Its files. */
    public static List<Route> routes() {
        return Arrays.stream(Page.values())
                .map(page -> Route.raw(page.path(), page.handler()))
                .toList();
    }

    /** Its files; no other is served. */
    public enum Page {
        INDEX("index.html"),
        STYLE("style.css"),
        ICON("icon.svg"),
        ASK("ask.js"),
        PLOT("plot.js"),
        ELEMENTS("elements.js"),
        PANELS("panels.js"),
        RATIONALITY("rationality.js"),
        PEOPLE("people.js"),
        ACTIVITY("activity.js"),
        PLAYGROUND("playground.js"),
        FEED("feed.js"),
        MAIN("main.js");

        private static final Map<String, String> TYPES = Map.of(
                "html", "text/html;charset=utf-8",
                "css", "text/css;charset=utf-8",
                "svg", "image/svg+xml",
                "js", "text/javascript;charset=utf-8");

        private final String file;

        Page(String file) {
            this.file = file;
        }

        public String path() {
            return this == INDEX ? "/" : "/dashboard/" + file;
        }

        String type() {
            return Objects.requireNonNull(TYPES.get(file.substring(file.lastIndexOf('.') + 1)), file);
        }

        public byte[] read() {
            return OwnFile.read(Dashboard.class, file);
        }

        /** Serves it; a browser asks each time whether it has changed, so that files of two builds never meet. */
        private Handler handler() {
            byte[] content = read();
            String tag = "\"" + Sha256.hex(content).substring(0, TAG_DIGITS) + "\"";
            return ctx -> {
                ctx.header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                        .header("X-Content-Type-Options", "nosniff")
                        .header("Referrer-Policy", "no-referrer")
                        .header("Cache-Control", "no-cache")
                        .header("ETag", tag);
                if (isKnown(ctx, tag)) {
                    ctx.status(NOT_MODIFIED);
                } else {
                    ctx.contentType(type()).result(content);
                }
            };
        }

        private static boolean isKnown(Context ctx, String tag) {
            String known = ctx.header("If-None-Match");
            // A proxy that compresses makes the tag weak, W/"…"; the content is the same.
            return known != null
                    && Arrays.stream(known.split(",", -1))
                            .anyMatch(one -> one.strip().replaceFirst("^W/", "").equals(tag));
        }
    }
}
