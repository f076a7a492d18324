package dev.assay.service.convert;

import dev.assay.service.ingest.formats.Intake;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Judgments of every kind there can be, drawn from a seed: whatever a file must not lose. */
final class DrawnJudgments {
    private static final List<String> PIECES = List.of(
            "a",
            "Blue.",
            " ",
            "\t",
            "\n",
            "\r",
            "\r\n",
            "\"",
            "\"\"",
            ",",
            ";",
            "'",
            "\\",
            "\\n",
            "\u2028",
            "\u0085",
            "\u00a0",
            "\ufeff",
            "\u0000",
            "ü",
            "\uD83D\uDE42",
            "=1+1",
            "#",
            "{\"a\": 1}",
            "[1]",
            "null",
            "true",
            "0.10",
            "Human:",
            "\n\nAssistant:",
            "<br>");

    private final SplittableRandom random;

    DrawnJudgments(long seed) {
        random = new SplittableRandom(seed);
    }

    List<Intake.Judged> draw(int count) {
        List<Intake.Judged> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drawn.add(draw("j" + i));
        }
        return drawn;
    }

    private Intake.Judged draw(String id) {
        int responses = random.nextInt(3) == 0 ? 3 + random.nextInt(4) : 2;
        List<JudgedResponse> each = new ArrayList<>();
        List<Integer> ranking = new ArrayList<>();
        boolean vectors = random.nextInt(4) == 0;
        for (int i = 0; i < responses; i++) {
            each.add(new JudgedResponse(
                    id + "-r" + i + text(),
                    optional(),
                    vectors && random.nextBoolean() ? null : text(),
                    vectors ? vector() : null));
            ranking.add(1 + random.nextInt(responses));
        }
        if (!ranking.contains(1)) {
            ranking.set(random.nextInt(responses), 1);
        }
        String promptId = "p" + id + text();
        Occasion occasion = new Occasion(
                context(),
                random.nextBoolean()
                        ? null
                        : Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000)),
                optional(),
                random.nextBoolean() ? null : Integer.valueOf(random.nextInt(responses)),
                "source" + text());
        Judgment judgment = new Judgment(
                id + text(),
                optional(),
                promptId,
                List.copyOf(each),
                List.copyOf(ranking),
                random.nextBoolean() ? 1 : random.nextDouble() * 100,
                optional(),
                occasion);
        return new Intake.Judged(judgment, null, optional(), List.of());
    }

    private Map<String, Object> context() {
        Map<String, Object> context = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Object value = switch (random.nextInt(3)) {
                case 0 -> text();
                case 1 -> random.nextDouble() < 0.3 ? random.nextInt(10) : random.nextGaussian() * 1e6;
                default -> random.nextBoolean();
            };
            context.put("c" + i + text(), value instanceof Integer whole ? (Object) whole.doubleValue() : value);
        }
        return context;
    }

    private float[] vector() {
        float[] vector = new float[1 + random.nextInt(3)];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = random.nextBoolean() ? random.nextInt(3) : (float) (random.nextGaussian() * 1e-3);
        }
        return vector;
    }

    private @Nullable String optional() {
        return random.nextInt(3) == 0 ? null : text();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
