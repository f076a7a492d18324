package dev.assay.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.schemas.admit.ComparisonKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What versions of a topic's record may do, of every topic there is; the {@link Topics} name the versions there were. */
class PublishedSchemasTest {
    static Stream<Subject> subjects() {
        return new Topics("").subjects().stream();
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void aRecordThatChangesHasItsFormerVersionsBesideIt(Subject subject) {
        List<String> published = subject.published();
        List<String> there = new ArrayList<>();
        for (Schema older : OlderSchemas.of(subject.type())) {
            there.add(fingerprint(older));
        }
        there.add(fingerprint(current(subject.type())));

        assertThat(there)
                .as(whatToDo(subject.type().getSimpleName(), published.size(), there))
                .isEqualTo(published);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void everyVersionKeepsToTheLevelThatIsRegistered(Subject subject) throws SchemaValidationException {
        SchemaValidator validator = validator(subject.compatibility());
        List<Schema> before = new ArrayList<>();
        List<Schema> all = Stream.concat(Stream.of(OlderSchemas.of(subject.type())), Stream.of(current(subject.type())))
                .toList();
        for (Schema version : all) {
            validator.validate(version, before); // throws, with both schemas in words
            before.add(0, version);
        }
        assertThat(before).hasSameSizeAs(all);
    }

    @Test
    void theLevelsAreThoseOfTheDesign() {
        Map<String, Compatibility> levels = subjects().collect(Collectors.toMap(Subject::name, Subject::compatibility));
        assertThat(levels)
                .containsEntry("judgments-value", Compatibility.BACKWARD_TRANSITIVE)
                .containsEntry("judgments-dev.assay.schemas.admit.Retraction", Compatibility.BACKWARD_TRANSITIVE);
        levels.remove("judgments-value");
        levels.remove("judgments-dev.assay.schemas.admit.Retraction");
        assertThat(levels.values()).hasSizeGreaterThan(10).containsOnly(Compatibility.FULL_TRANSITIVE);
    }

    @Test
    void aKeyStaysAsItIs() {
        // Compaction compares bytes, the fingerprint among them: another schema would leave the old key's record for
        // ever.
        assertThat(fingerprint(ComparisonKey.getClassSchema())).isEqualTo("0b821da24fd7488b");
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void whoeverIsAboutToChangeARecordFindsItsWholeSchemaToKeep(Subject subject) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "schemas"));
        Schema schema = current(subject.type());
        Path file = Files.writeString(folder.resolve(schema.getName() + ".avsc"), schema.toString() + "\n");
        assertThat(new Schema.Parser().parse(file.toFile())).isEqualTo(schema);
    }

    private static String whatToDo(String record, int published, List<String> there) {
        String pin = "its fingerprint " + there.get(there.size() - 1) + " goes behind its name in Topics, the last one";
        return published == 0
                ? record + " is new: " + pin
                : record + " changed: its schema as it was goes to older/" + record + "." + published + ".avsc, and "
                        + pin;
    }

    private static Schema current(Class<? extends SpecificRecord> type) {
        return SpecificData.get().getSchema(type);
    }

    private static SchemaValidator validator(Compatibility level) {
        SchemaValidatorBuilder builder = new SchemaValidatorBuilder();
        return (level == Compatibility.FULL_TRANSITIVE ? builder.mutualReadStrategy() : builder.canReadStrategy())
                .validateAll();
    }

    private static String fingerprint(Schema schema) {
        return String.format("%016x", SchemaNormalization.parsingFingerprint64(schema));
    }
}
