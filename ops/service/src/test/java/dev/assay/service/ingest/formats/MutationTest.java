package dev.assay.service.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.service.ingest.formats.Intake.Judged;
import dev.assay.service.ingest.formats.Intake.NotUnderstood;
import dev.assay.service.ingest.formats.Intake.Withdrawn;
import dev.assay.streams.wire.JudgmentCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Whatever somebody makes of a payload, it is an outcome, never an exception. {@code -Dassay.fuzz=1000000} runs more
 * mutations than the 20,000 of every build.
 */
class MutationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 20_240_531;
    private final JudgmentCodec codec = new JudgmentCodec();

    /** A committed item and the reader it is for. */
    private record Subject(String name, JsonNode item, Supplier<Items> reader) {}

    @Test
    void noMutationOfAPayloadIsAnException() throws Exception {
        List<Subject> subjects = subjects();
        SplittableRandom random = new SplittableRandom(SEED);
        int mutations = Integer.getInteger("assay.fuzz", 20_000);
        int understood = 0;
        int refused = 0;
        for (int i = 0; i < mutations; i++) {
            Subject subject = subjects.get(random.nextInt(subjects.size()));
            byte[] bytes = random.nextBoolean()
                    ? Mutation.ofBytes(JSON.writeValueAsBytes(subject.item()), random)
                    : JSON.writeValueAsBytes(Mutation.ofTree(subject.item(), random));
            for (Intake intake : outcomes(subject, bytes, i)) {
                if (intake instanceof NotUnderstood no) {
                    assertThat(no.why()).isNotBlank().hasSizeLessThan(1_000);
                    refused++;
                } else {
                    understood++;
                }
            }
        }
        assertThat(understood).as("mutations that were still understood").isGreaterThan(mutations / 20);
        assertThat(refused).as("mutations that were not understood").isGreaterThan(mutations / 20);
    }

    private List<Intake> outcomes(Subject subject, byte[] bytes, int mutation) {
        try {
            Items items = subject.reader().get();
            List<Intake> found = new ArrayList<>(items.read(bytes));
            found.addAll(items.end());
            for (Intake intake : found) { // what is understood can also be sent and read back
                if (intake instanceof Judged judged) {
                    codec.decode(codec.encode(judged.judgment()));
                } else if (intake instanceof Withdrawn withdrawn) {
                    codec.decode(codec.encode(withdrawn.retraction()));
                }
            }
            return found;
        } catch (Exception | StackOverflowError e) {
            throw new AssertionError(
                    "mutation " + mutation + " of " + subject.name() + ": " + new String(bytes, StandardCharsets.UTF_8),
                    e);
        }
    }

    private static List<Subject> subjects() throws IOException {
        PlatformSettings settings = PlatformSettings.DEFAULTS.with(Committed.text("label-studio-config.xml"));
        List<Subject> subjects = new ArrayList<>();
        for (Format format : Formats.ALL) {
            add(subjects, format.name(), () -> format.items(settings, "a-file"));
        }
        for (Webhook platform : Formats.WEBHOOKS) {
            add(subjects, platform.name(), () -> platform.reader().apply(settings));
        }
        return subjects;
    }

    private static void add(List<Subject> subjects, String format, Supplier<Items> reader) throws IOException {
        for (String name : Committed.namesOf(format)) {
            for (JsonNode item : Committed.items(name)) {
                subjects.add(new Subject(name, item, reader));
            }
        }
    }
}
