package dev.assay.bench.streaming;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.bench.http.HttpConnection;
import dev.assay.bench.http.Pace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One connection of a {@link Soak}: best of n, score, compare and requests that are none, in turn. Keeps what each body's numbers
 * were for version 1 and holds every later answer against it.
 */
final class SoakClient {
    private static final int BODIES = 10;
    private static final int KINDS = 10; // of which so many:
    private static final int BEST_OF_N = 5;
    private static final int SCORE = 8;
    private static final int COMPARE = 9;
    private static final double TOLERANCE = 1e-9;
    private static final List<String> MALFORMED = List.of(
            "[1, 2",
            "{}",
            "{\"candidates\": []}",
            "{\"candidates\": [null]}",
            "{\"candidates\": [{\"features\": [1, 2]}]}",
            "{\"candidates\": [{\"features\": \"abc\"}]}",
            "{\"candidates\": [{\"text\": \"no vector\"}]}",
            "{\"level\": 2, \"candidates\": [{\"features\": [1]}]}",
            "{\"unknown\": 1}");

    private final ObjectMapper json = new ObjectMapper();
    private final String address;
    private final int number;
    private final SoakAnswers answers;
    private final List<String> bodies = new ArrayList<>();
    private final Map<String, Double> ofVersionOne = new HashMap<>();
    private long last;

    SoakClient(String address, int number, SoakAnswers answers) {
        this.address = address;
        this.number = number;
        this.answers = answers;
        ScoreLoad.bodies(number % 2 == 0)
                .subList(number * 5 % 40, number * 5 % 40 + BODIES)
                .forEach(body -> bodies.add(new String(body, StandardCharsets.UTF_8)));
    }

    /** Every request is due at its time; what is found wrong goes to the answers. */
    void run(Pace pace, int clients, int requests) {
        for (int i = number; i < requests; ) {
            try (HttpConnection connection = new HttpConnection(address)) {
                for (; i < requests; i += clients) {
                    ask(connection, i / clients, pace.await(i));
                }
            } catch (IOException e) {
                answers.wrong("a connection broke: " + e);
                i += clients;
            }
        }
    }

    /** @return what a request is answered from now */
    long version() throws IOException {
        try (HttpConnection connection = new HttpConnection(address)) {
            ask(connection, 0, System.nanoTime());
        }
        return last;
    }

    private void ask(HttpConnection connection, int turn, long due) throws IOException {
        int kind = turn % KINDS;
        String body = bodies.get(turn % BODIES);
        long atLeast = answers.newest();
        if (kind < BEST_OF_N) {
            JsonNode answer = valid(connection, "/v1/best-of-n", body, due);
            check(answer, atLeast, body, "candidates");
            checkChoice(answer);
        } else if (kind < SCORE) {
            String asked = body.replaceFirst("candidates", "responses");
            check(valid(connection, "/v1/score", asked, due), atLeast, asked, "responses");
        } else if (kind < COMPARE) {
            JsonNode two = json.readTree(body).path("candidates");
            String asked = "{\"first\":" + two.path(0) + ",\"second\":" + two.path(1) + "}";
            JsonNode answer = valid(connection, "/v1/compare", asked, due);
            checkVersion(answer, atLeast);
            checkInterval(answer, answer.path("difference"), "estimate", asked);
        } else {
            refused(connection, MALFORMED.get(turn / KINDS % MALFORMED.size()), due);
        }
    }

    private JsonNode valid(HttpConnection connection, String path, String body, long due) throws IOException {
        HttpConnection.Reply reply =
                connection.exchange(connection.request(path, body.getBytes(StandardCharsets.UTF_8)));
        answers.took((System.nanoTime() - due) / 1e6, true);
        if (reply.status() != 200) {
            answers.wrong(path + " answered " + reply.status() + ": " + text(reply));
        }
        return json.readTree(reply.body());
    }

    private void refused(HttpConnection connection, String body, long due) throws IOException {
        HttpConnection.Reply reply =
                connection.exchange(connection.request("/v1/best-of-n", body.getBytes(StandardCharsets.UTF_8)));
        answers.took((System.nanoTime() - due) / 1e6, false);
        if (reply.status() < 400 || reply.status() > 499 || !text(reply).contains("\"detail\"")) {
            answers.wrong(body + " was answered " + reply.status() + ": " + text(reply));
        }
    }

    private static String text(HttpConnection.Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    private void check(JsonNode answer, long atLeast, String body, String field) {
        checkVersion(answer, atLeast);
        JsonNode scored = answer.path(field);
        if (scored.isEmpty()) {
            answers.wrong("no " + field + " in " + answer);
        }
        for (int i = 0; i < scored.size(); i++) {
            checkInterval(answer, scored.path(i), "reward", i + " of " + body);
        }
    }

    private void checkVersion(JsonNode answer, long atLeast) {
        long version = answer.path("parameter_version").asLong();
        if (version < Math.max(last, atLeast)) {
            answers.wrong("version " + version + " came after " + Math.max(last, atLeast));
        }
        last = version;
        answers.answered(version);
    }

    /** The estimate grows with the version, the standard error never does, the bounds are where these put them. */
    private void checkInterval(JsonNode answer, JsonNode one, String estimate, String what) {
        double version = answer.path("parameter_version").asDouble();
        double middle = one.path(estimate).asDouble(Double.NaN);
        double error = one.path("standard_error").asDouble(Double.NaN);
        double half = answer.path("quantile").asDouble(Double.NaN) * error;
        constant("estimate of " + what, middle / version);
        constant("standard error of " + what, error);
        near("lower of " + what, one.path("lower").asDouble(Double.NaN), middle - half);
        near("upper of " + what, one.path("upper").asDouble(Double.NaN), middle + half);
    }

    private void constant(String what, double value) {
        near(what, value, ofVersionOne.computeIfAbsent(what, first -> value));
    }

    private void near(String what, double value, double expected) {
        if (!(Math.abs(value - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)))) {
            answers.wrong(
                    "was " + value + ", must be " + expected + ": " + what.substring(0, Math.min(80, what.length())));
        }
    }

    private void checkChoice(JsonNode answer) {
        JsonNode candidates = answer.path("candidates");
        int best = 0;
        for (int i = 1; i < candidates.size(); i++) {
            best = candidates.path(i).path("lower").asDouble()
                            > candidates.path(best).path("lower").asDouble()
                    ? i
                    : best;
        }
        if (answer.path("chosen").asInt(-1) != best) {
            answers.wrong("chosen was " + answer.path("chosen") + ", must be " + best);
        }
    }
}
