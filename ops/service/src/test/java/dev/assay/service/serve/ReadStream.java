package dev.assay.service.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The other end of a stream of server-sent events. */
final class ReadStream implements AutoCloseable {
    final int status;
    private final HttpResponse<InputStream> answer;
    private final BufferedReader lines;

    /** One event. */
    record Sent(String event, JsonNode data) {}

    ReadStream(HttpClient http, String url, @Nullable String token) throws IOException, InterruptedException {
        HttpRequest.Builder asked = HttpRequest.newBuilder(URI.create(url));
        if (token != null) {
            asked.header("Authorization", "Bearer " + token);
        }
        answer = http.send(asked.build(), HttpResponse.BodyHandlers.ofInputStream());
        status = answer.statusCode();
        lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    String header(String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /** @return the next event, waiting for it; null at the end of the stream */
    @Nullable
    Sent next() throws IOException {
        String event = "";
        String data = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event: ")) {
                event = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                data = line.substring("data: ".length());
            } else if (line.isEmpty() && !event.isEmpty()) {
                return new Sent(event, new ObjectMapper().readTree(data));
            }
        }
        return null;
    }

    /** @return the data of the next event of that name, waiting for it */
    JsonNode next(String event) throws IOException {
        Sent sent = Objects.requireNonNull(next(), "the stream has ended");
        while (!sent.event().equals(event)) {
            sent = Objects.requireNonNull(next(), "the stream has ended");
        }
        return sent.data();
    }

    @Override
    public void close() throws IOException {
        answer.body().close();
    }
}
