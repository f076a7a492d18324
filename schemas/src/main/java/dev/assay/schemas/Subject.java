package dev.assay.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * Where a schema registry keeps the versions of a record.
 *
 * @param name {@code TOPIC-value} of the topic's first record; {@code TOPIC-RECORD}, with the record's full name, of others
 * @param type the generated class
 * @param compatibility what its versions must keep to
 * @param published fingerprints of the versions there were, 16 hexadecimal digits each, the oldest first
 */
public record Subject(
        String name, Class<? extends SpecificRecord> type, Compatibility compatibility, List<String> published) {
    private static final Set<String> NO_RECORDS = Set.of(Topics.AS_RECEIVED, "JSON");
    private static final List<String> STAGES = List.of("admit", "collect", "descend", "publish", "score");

    /** @throws IllegalStateException if the topic names a record that there is not */
    static List<Subject> of(Topics.Topic topic) {
        List<Subject> subjects = new ArrayList<>();
        if (!NO_RECORDS.contains(topic.value())) {
            for (String record : topic.value().split(", ")) {
                List<String> words = List.of(record.split(" "));
                Class<? extends SpecificRecord> type = generated(topic, words.get(0));
                // Two records in one subject would be incompatible versions of one.
                String suffix = subjects.isEmpty() ? "value" : type.getName();
                subjects.add(new Subject(
                        topic.name() + "-" + suffix, type, topic.compatibility(), words.subList(1, words.size())));
            }
        }
        return subjects;
    }

    private static Class<? extends SpecificRecord> generated(Topics.Topic topic, String record) {
        for (String stage : STAGES) {
            try {
                return Class.forName(Topics.class.getPackageName() + "." + stage + "." + record)
                        .asSubclass(SpecificRecord.class);
            } catch (ClassNotFoundException e) {
                // Of another stage.
            }
        }
        throw new IllegalStateException("topic " + topic.name() + " names a record that there is not: " + record);
    }
}
