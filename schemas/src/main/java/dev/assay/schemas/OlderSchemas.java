package dev.assay.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Earlier versions of records that are still read, kept as {@code older/NAME.N.avsc} with N from 1. */
public final class OlderSchemas {
    static {
        AvroLimits.set();
    }

    private OlderSchemas() {}

    /** @return the earlier versions of a record, the oldest first; none if it never changed */
    public static Schema[] of(Class<? extends SpecificRecord> type) {
        List<Schema> versions = new ArrayList<>();
        for (int version = 1; ; version++) {
            String file = "older/" + type.getSimpleName() + "." + version + ".avsc";
            try (InputStream in = OlderSchemas.class.getResourceAsStream(file)) {
                if (in == null) {
                    return versions.toArray(Schema[]::new);
                }
                versions.add(new Schema.Parser().parse(in));
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be read", e);
            }
        }
    }
}
