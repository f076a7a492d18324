package dev.assay.streams.features.embed;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One exchange with an embedding server: asks once, and takes no answer on trust. Safe for many threads. */
public final class EmbeddingServer implements Embedder {
    /** A number in JSON, comma and blanks: float64 needs 24 characters at most. */
    private static final long LONGEST_NUMBER = 40;

    private static final long LONGEST_FRAME = 65_536; // bytes of the answer that are not numbers
    private static final int LONGEST_VALUE = 80; // characters of the server's words in ours
    private static final int TIMED_OUT = 408;
    private static final int TOO_MANY = 429;
    /** Refusals that may be about one text: unreadable, too long, too many at once, or failed on by the model. */
    private static final Set<Integer> ABOUT_TEXTS = Set.of(400, 413, 422, 424);

    private final Endpoint endpoint;
    private final HttpClient client;

    /** @param endpoint whom to ask, and for what */
    public EmbeddingServer(Endpoint endpoint) {
        this.endpoint = endpoint;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // An offer of HTTP/2 without TLS confuses some servers.
                .connectTimeout(endpoint.timeout())
                .build();
    }

    @Override
    public List<float[]> embed(List<String> texts) throws EmbeddingFailure, InterruptedException {
        HttpResponse<byte[]> answer = exchange(texts);
        if (answer.statusCode() != 200) {
            throw refused(answer);
        }
        JsonNode body = Json.read(answer.body())
                .orElseThrow(() -> EmbeddingFailure.later(
                        null, "the answer of " + endpoint.shown() + " must be JSON, was " + quoted(answer)));
        List<JsonNode> vectors = endpoint.contract().vectors(body, texts.size());
        List<float[]> embeddings = new ArrayList<>(vectors.size());
        for (int i = 0; i < vectors.size(); i++) {
            embeddings.add(numbers(vectors.get(i), i));
        }
        return embeddings;
    }

    private HttpResponse<byte[]> exchange(List<String> texts) throws EmbeddingFailure, InterruptedException {
        byte[] body = endpoint.contract().request(endpoint.model(), texts);
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.address())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (endpoint.apiKey() != null) {
            request.header("Authorization", "Bearer " + endpoint.apiKey());
        }
        long limit = LONGEST_FRAME + LONGEST_NUMBER * endpoint.dimension() * texts.size();
        // The request's own timeout ends with the headers; a body that never ends would hold the thread.
        CompletableFuture<HttpResponse<byte[]>> asked =
                client.sendAsync(request.build(), headers -> new BoundedBody(limit));
        try {
            return asked.get(endpoint.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw EmbeddingFailure.later(null, "no answer from " + endpoint.shown() + " within " + endpoint.timeout());
        } catch (ExecutionException e) {
            throw EmbeddingFailure.later(null, "no answer from " + endpoint.shown() + ": " + inWords(e));
        } finally {
            asked.cancel(true); // Nothing, where it is done.
        }
    }

    private EmbeddingFailure refused(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        String message = endpoint.shown() + " answers with status " + status + ": " + quoted(answer);
        if (status == TOO_MANY || status == TIMED_OUT || status >= 500) {
            return EmbeddingFailure.later(retryAfter(answer), message);
        }
        return ABOUT_TEXTS.contains(status) ? EmbeddingFailure.fewer(message) : EmbeddingFailure.none(message);
    }

    /** Whole seconds; a date, the other form, would need the server's clock. */
    private static @Nullable Duration retryAfter(HttpResponse<byte[]> answer) {
        Optional<String> header = answer.headers().firstValue("Retry-After").map(String::strip);
        return header.filter(value -> value.matches("[0-9]{1,9}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(null);
    }

    private float[] numbers(JsonNode vector, int text) throws EmbeddingFailure {
        if (!vector.isArray() || vector.size() != endpoint.dimension()) {
            throw EmbeddingFailure.none(
                    "an embedding must have " + endpoint.dimension() + " numbers, as features.dimension" + " says, had "
                            + (vector.isArray() ? String.valueOf(vector.size()) : "none"));
        }
        float[] numbers = new float[vector.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode number = vector.get(i);
            numbers[i] = number.isNumber() ? number.floatValue() : Float.NaN;
            if (!Float.isFinite(numbers[i])) {
                throw EmbeddingFailure.fewer(
                        "embedding[" + text + "][" + i + "] must be a finite number, was " + Json.brief(number));
            }
        }
        return numbers;
    }

    private String quoted(HttpResponse<byte[]> answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8).strip();
        if (endpoint.apiKey() != null) {
            text = text.replace(endpoint.apiKey(), "***"); // A server may quote the key it refuses.
        }
        text = text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE - 1) + "…";
        return text.isEmpty() ? "(empty)" : text;
    }

    private static String inWords(ExecutionException wrapped) {
        Throwable failure = wrapped.getCause() == null ? wrapped : wrapped.getCause();
        String message = failure.getMessage();
        return failure.getClass().getSimpleName() + (message == null ? "" : " " + message);
    }
}
