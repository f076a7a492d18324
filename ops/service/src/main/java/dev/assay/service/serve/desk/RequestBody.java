package dev.assay.service.serve.desk;

import dev.assay.service.http.Request;
import dev.assay.streams.json.StrictJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A body whose arrays of numbers are nearly all of it, to what it asks for. */
public final class RequestBody {
    private RequestBody() {}

    /**
     * @param type what the body is to be
     * @throws dev.assay.service.http.HttpProblem 400 naming field, bound and value
     */
    public static <T> T read(byte[] body, Class<T> type) {
        T read = lifted(body, type);
        return read != null ? read : Request.json(body, type);
    }

    /** Fast, or null: what is wrong is for the plain reading to say, which sees the request as it came. */
    private static <T> @Nullable T lifted(byte[] body, Class<T> type) {
        LiftedVectors lifted = LiftedVectors.of(body);
        try {
            return StrictJson.reader(type)
                    .withAttribute(FeaturesReader.LIFTED, lifted.vectors())
                    .readValue(lifted.rest());
        } catch (IOException e) {
            return null;
        }
    }
}
