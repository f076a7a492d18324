package dev.assay.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.schemas.admit.ComparisonKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaDocumentationTest {
    /** The values of all topics, and the one key that is a record. */
    static Stream<Schema> contract() {
        return Stream.concat(new Topics("").subjects().stream().map(Subject::type), Stream.of(ComparisonKey.class))
                .distinct()
                .map(SpecificData.get()::getSchema);
    }

    @ParameterizedTest
    @MethodSource("contract")
    void everyRecordAndEveryFieldSaysWhatItIs(Schema record) {
        List<String> undocumented = new ArrayList<>();
        collectUndocumented(record, undocumented);
        assertThat(undocumented).isEmpty();
    }

    private static void collectUndocumented(Schema schema, List<String> found) {
        switch (schema.getType()) {
            case RECORD -> {
                if (schema.getDoc() == null || schema.getDoc().isBlank()) {
                    found.add(schema.getFullName());
                }
                for (Schema.Field field : schema.getFields()) {
                    if (field.doc() == null || field.doc().isBlank()) {
                        found.add(schema.getFullName() + "." + field.name());
                    }
                    collectUndocumented(field.schema(), found);
                }
            }
            case ARRAY -> collectUndocumented(schema.getElementType(), found);
            case MAP -> collectUndocumented(schema.getValueType(), found);
            case UNION -> schema.getTypes().forEach(each -> collectUndocumented(each, found));
            default -> {
                // A primitive is told by its field.
            }
        }
    }
}
