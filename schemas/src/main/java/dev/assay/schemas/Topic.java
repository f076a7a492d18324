package dev.assay.schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic.
 *
 * @param name full name, prefix included
 * @param key what the key is
 * @param value what the value is: names of Avro records, each with the fingerprints of the versions there were, which
 *     {@code PublishedSchemasTest} asks for and which only ever grow by one more; or what else it is
 * @param partitions how records are spread
 * @param cleanup what the broker may forget
 * @param retention how long a record of a {@code DELETE} topic stays; of a {@code COMPACT} topic, how long a
 *     tombstone stays
 * @param maxMessageBytes the broker's limit for one record, in bytes
 * @param segmentBytes size at which a file of the log is closed: only closed ones are cleaned, so that much at least
 *     is read by whoever reads the topic from its beginning
 */
public record Topic(
        String name,
        String key,
        String value,
        Partitions partitions,
        Cleanup cleanup,
        Duration retention,
        int maxMessageBytes,
        int segmentBytes) {
    /** Kafka's name of the setting that says whose time a record's is. */
    public static final String TIMESTAMPS = "message.timestamp.type";

    private static final Set<String> NO_RECORDS = Set.of(Topics.AS_RECEIVED, "JSON");
    private static final List<String> STAGES = List.of("admit", "collect", "descend", "publish", "score");
    private static final Duration LONGEST_SEGMENT = Duration.ofDays(7); // Kafka's own default
    private static final int BUSY_SEGMENT_BYTES = 1 << 26; // of topics that get many large records a second

    /** How records are spread: over the shards, or in one ordered partition. */
    public enum Partitions {
        SHARDED,
        SINGLE
    }

    /** What the broker may forget: records older than the retention, or all but the newest of a key. */
    public enum Cleanup {
        DELETE,
        COMPACT
    }

    /** @return what the versions of the value's records must keep to */
    public Compatibility compatibility() {
        // Clients write judgments, and are upgraded when they are; all else goes from Assay to Assay, and back.
        return value.equals(Topics.CLIENTS_RECORDS) ? Compatibility.BACKWARD_TRANSITIVE : Compatibility.FULL_TRANSITIVE;
    }

    /**
     * @return where a schema registry keeps the value's records, the first one first; none where it is no Avro record
     * @throws IllegalStateException if {@code value} names a record that there is not
     */
    public List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        if (!NO_RECORDS.contains(value)) {
            for (String record : value.split(", ")) {
                List<String> words = List.of(record.split(" "));
                Class<? extends SpecificRecord> type = generated(words.get(0));
                // Two records in one subject would be incompatible versions of one.
                String suffix = subjects.isEmpty() ? "value" : type.getName();
                subjects.add(new Subject(name + "-" + suffix, type, compatibility(), words.subList(1, words.size())));
            }
        }
        return subjects;
    }

    private Class<? extends SpecificRecord> generated(String record) {
        for (String stage : STAGES) {
            try {
                return Class.forName(Topic.class.getPackageName() + "." + stage + "." + record)
                        .asSubclass(SpecificRecord.class);
            } catch (ClassNotFoundException e) {
                // Of another stage.
            }
        }
        throw new IllegalStateException("topic " + name + " names a record that there is not: " + record);
    }

    /** @return the topic's settings in Kafka's words */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("segment.bytes", Integer.toString(segmentBytes));
        settings.put("max.message.bytes", Integer.toString(maxMessageBytes));
        // By a producer's own time a record may be past its retention when it arrives, and be gone unread.
        settings.put(TIMESTAMPS, "LogAppendTime");
        if (cleanup == Cleanup.COMPACT) {
            settings.put("cleanup.policy", "compact");
            settings.put("delete.retention.ms", millis(retention));
            settings.put("segment.ms", millis(Duration.ofHours(1)));
            settings.put("min.cleanable.dirty.ratio", "0.1");
            settings.put("max.compaction.lag.ms", millis(Duration.ofHours(24)));
        } else {
            settings.put("cleanup.policy", "delete");
            settings.put("retention.ms", millis(retention));
            settings.put("segment.ms", millis(retention.compareTo(LONGEST_SEGMENT) < 0 ? retention : LONGEST_SEGMENT));
        }
        return settings;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    /** Of a topic that gets many large records a second: its files are closed early, so that they can be cleaned. */
    Topic busy(Duration shorter) {
        int segment = Math.max(BUSY_SEGMENT_BYTES, maxMessageBytes);
        return new Topic(name, key, value, partitions, cleanup, shorter, maxMessageBytes, segment);
    }
}
