package dev.assay.service.serve.dashboard;

import dev.assay.service.http.OwnFile;
import dev.assay.service.http.Route;
import dev.assay.streams.wire.Sha256;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Arrays;
import java.util.List;

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
                .map(page -> Route.raw(page.path, page.handler()))
                .toList();
    }

    /** Its files; no other is served. */
    public enum Page {
        INDEX("/", "index.html", "text/html;charset=utf-8"),
        STYLE("/dashboard/style.css", "style.css", "text/css;charset=utf-8"),
        ICON("/dashboard/icon.svg", "icon.svg", "image/svg+xml"),
        ASK("/dashboard/ask.js", "ask.js", "text/javascript;charset=utf-8"),
        PLOT("/dashboard/plot.js", "plot.js", "text/javascript;charset=utf-8"),
        ELEMENTS("/dashboard/elements.js", "elements.js", "text/javascript;charset=utf-8"),
        PANELS("/dashboard/panels.js", "panels.js", "text/javascript;charset=utf-8"),
        RATIONALITY("/dashboard/rationality.js", "rationality.js", "text/javascript;charset=utf-8"),
        PEOPLE("/dashboard/people.js", "people.js", "text/javascript;charset=utf-8"),
        ACTIVITY("/dashboard/activity.js", "activity.js", "text/javascript;charset=utf-8"),
        PLAYGROUND("/dashboard/playground.js", "playground.js", "text/javascript;charset=utf-8"),
        FEED("/dashboard/feed.js", "feed.js", "text/javascript;charset=utf-8"),
        MAIN("/dashboard/main.js", "main.js", "text/javascript;charset=utf-8");

        private final String path;
        private final String file;
        private final String type;

        Page(String path, String file, String type) {
            this.path = path;
            this.file = file;
            this.type = type;
        }

        public String path() {
            return path;
        }

        String type() {
            return type;
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
                    ctx.contentType(type).result(content);
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
