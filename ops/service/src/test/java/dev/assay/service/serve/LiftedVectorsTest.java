package dev.assay.service.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.http.HttpProblem;
import dev.assay.service.http.Request;
import dev.assay.service.serve.desk.LiftedVectors;
import dev.assay.service.serve.desk.RequestBody;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiftedVectorsTest {
    private static final int NUMBERS = 20_000;

    @Test
    void everyNumberIsTheDoubleThatJavaReads() {
        Random random = new Random(1);
        for (int i = 0; i < NUMBERS; i++) {
            String text = number(random);
            LiftedVectors lifted = lift("[" + text + "]");
            assertThat(lifted.vectors()).as(text).hasSize(1);
            assertThat(Double.doubleToRawLongBits(lifted.vectors().get(0)[0]))
                    .as(text)
                    .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
        }
    }

    private static String number(Random random) {
        double value = (random.nextBoolean() ? 1 : -1) * Math.exp(random.nextDouble() * 100 - 50);
        return switch (random.nextInt(6)) {
            case 0 -> Double.toString(value);
            case 1 -> Float.toString((float) value);
            case 2 -> String.format(Locale.ROOT, "%." + random.nextInt(20) + "f", value % 1e6);
            case 3 -> String.format(Locale.ROOT, "%." + random.nextInt(20) + "e", value);
            case 4 -> Long.toString(random.nextLong() >> random.nextInt(64));
            default ->
                random.nextInt(1000) + "." + "0".repeat(random.nextInt(30)) + random.nextInt(1000) + "E"
                        + (random.nextInt(700) - 350);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[01]",
                "[1.]",
                "[.5]",
                "[+1]",
                "[-]",
                "[1e]",
                "[1e+]",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1",
                "[",
                "[]",
                "[NaN]",
                "[0x1]",
                "[\"1\"]",
                "[null]",
                "[1, [2",
                "[1,\"]\"]",
                "\"[1, 2]\"",
                "\"\\\"[1]\"",
                "\"[1",
                "[1]]\"",
                "{\"a\\",
                "[1d]"
            })
    void whatIsNoArrayOfNumbersStaysAsItIs(String json) {
        LiftedVectors lifted = lift(json);
        String rest = new String(lifted.rest(), StandardCharsets.UTF_8);
        if (lifted.vectors().isEmpty()) {
            assertThat(rest).isEqualTo(json);
        } else { // Behind a whole array nonsense may follow; it is kept.
            assertThat(json).isEqualTo("[1]]\"");
            assertThat(rest).isEqualTo("[0]]\"");
        }
    }

    @Test
    void numbersInNestedArraysAreLiftedInside() {
        LiftedVectors lifted = lift("{\"a\": [[1,2], [ 3 ] , \"x\", [-4.5e1 , 0]]}");
        assertThat(new String(lifted.rest(), StandardCharsets.UTF_8)).isEqualTo("{\"a\": [[0], [1] , \"x\", [2]]}");
        assertThat(lifted.vectors().get(2)).containsExactly(-45, 0);
    }

    /** Whatever happens to a request on its way, both readings make the same of it: the same vectors or the same refusal. */
    @Test
    void aDamagedRequestIsReadAsWithoutLifting() {
        byte[] request = """
                {"responses": [{"id": "a[1]", "features": [1, -2.5, 3e-4, 0]}, {"f\\u0065atures": [7]}, {"features":[]}],
                 "level": 0.9, "feature_space": "x\\"[1,2]"}""".getBytes(StandardCharsets.UTF_8);
        Random random = new Random(2);
        String alphabet = "[]{},:\"\\0123456789.eE+- nul\u0000\u00ff";
        for (int i = 0; i < NUMBERS; i++) {
            byte[] damaged = request.clone();
            for (int hits = random.nextInt(4); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }
            byte[] sent = random.nextInt(5) == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
            assertThat(read(sent)).isEqualTo(plainlyRead(sent));
        }
    }

    private static String read(byte[] body) {
        try {
            ScoreRoute.Body read = RequestBody.read(body, ScoreRoute.Body.class);
            return shown(read);
        } catch (HttpProblem problem) {
            return String.valueOf(problem.getMessage());
        }
    }

    private static String plainlyRead(byte[] body) {
        try {
            return shown(Request.json(body, ScoreRoute.Body.class));
        } catch (HttpProblem problem) {
            return String.valueOf(problem.getMessage());
        }
    }

    private static String shown(ScoreRoute.Body body) {
        StringBuilder text = new StringBuilder().append(body.level).append(body.featureSpace);
        if (body.responses != null) {
            body.responses.forEach(
                    one -> text.append(one == null ? "null" : one.id() + Arrays.toString(one.features()) + one.text()));
        }
        return text.toString();
    }

    private static LiftedVectors lift(String json) {
        return LiftedVectors.of(json.getBytes(StandardCharsets.UTF_8));
    }
}
