package dev.assay.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.schemas.admit.Comparison;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.schemas.admit.Judgment;
import dev.assay.schemas.admit.Retraction;
import dev.assay.schemas.descend.Command;
import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.descend.ShardAnnotators;
import dev.assay.schemas.descend.ShardOrder;
import dev.assay.schemas.descend.ShardReport;
import dev.assay.schemas.publish.Event;
import dev.assay.schemas.publish.ParameterSnapshot;
import dev.assay.schemas.score.ScoreBatch;
import dev.assay.schemas.score.ScoreBatchReply;
import dev.assay.schemas.score.ScoreDecision;
import dev.assay.schemas.score.ScoreReply;
import dev.assay.schemas.score.ScoreRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaDocumentationTest {
    static Stream<Schema> contract() {
        return Stream.of(
                Judgment.getClassSchema(),
                Retraction.getClassSchema(),
                ComparisonKey.getClassSchema(),
                Comparison.getClassSchema(),
                ShardOrder.getClassSchema(),
                Command.getClassSchema(),
                Erasure.getClassSchema(),
                ShardReport.getClassSchema(),
                ShardAnnotators.getClassSchema(),
                ParameterSnapshot.getClassSchema(),
                Event.getClassSchema(),
                ScoreRequest.getClassSchema(),
                ScoreReply.getClassSchema(),
                ScoreBatch.getClassSchema(),
                ScoreBatchReply.getClassSchema(),
                ScoreDecision.getClassSchema());
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
