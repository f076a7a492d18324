package dev.assay.cli.command;

import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.service.ingest.IngestSink;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Says what was refused, with file and place, as far as somebody reads it. */
public final class SaidRefusals implements IngestSink.Refused {
    private static final int MOST = 100;

    private final PrintWriter err;
    private int heard;

    public SaidRefusals(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void hear(String where, String reason, String message, @Nullable ComparisonKey key) {
        if (heard < MOST) {
            err.println(where + ": refused: " + reason + ": " + message);
        } else if (heard == MOST) {
            err.println("further refusals are counted, not said");
        }
        heard++;
    }
}
