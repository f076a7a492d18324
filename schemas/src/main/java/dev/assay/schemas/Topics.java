package dev.assay.schemas;

import dev.assay.schemas.Topic.Cleanup;
import dev.assay.schemas.Topic.Partitions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The one catalogue of topics: name, key, value, clean-up, partitions and limits. Everything that creates, checks, reads
 * or writes a topic asks here.
 *
 * @param prefix what all names begin with, for example {@code assay.}; several deployments share a cluster by it
 */
public record Topics(String prefix) {

    static {
        AvroLimits.set();
    }

    /** Largest record of {@code judgments}, in bytes as the broker counts them: Kafka's own default. */
    public static final int JUDGMENT_BYTES = 1_048_588;

    /**
     * What a refused or admitted judgment may grow by: a refusal's headers, a comparison's features. Without it a
     * record just under the limit of {@code judgments} could be neither stored nor refused.
     */
    public static final int GROWTH_BYTES = 131_072;

    static final String CLIENTS_RECORDS = "Judgment 77225f81c8424902, Retraction dda8eb855b3608fb";
    private static final String SNAPSHOTS = "ParameterSnapshot 3ac54678abfa636d 74d145cd215498f3";
    private static final String SCORE_REPLIES = "score-replies";
    static final String AS_RECEIVED = "as received";
    private static final int SEGMENT_BYTES = 1 << 30; // Kafka's own default

    /** Judgments and retractions as the platforms send them. */
    public Topic judgments() {
        return sharded("judgments", "annotatorId", CLIENTS_RECORDS, Cleanup.DELETE, 30, JUDGMENT_BYTES);
    }

    /** Judgments refused, as received, with the reason in the headers. */
    public Topic refusedJudgments() {
        return sharded("judgments.dlq", AS_RECEIVED, AS_RECEIVED, Cleanup.DELETE, 30, JUDGMENT_BYTES + GROWTH_BYTES);
    }

    /** Which judgment a platform's own id means; gateways write and read it. */
    public Topic judgmentIds() {
        return single("judgment-ids", "source/platform's id", "JSON", Cleanup.COMPACT, 7, JUDGMENT_BYTES);
    }

    /** The database: one comparison for each judgment that stands. */
    public Topic comparisons() {
        return sharded(
                "comparisons",
                "ComparisonKey",
                "Comparison 3b5579ea6f783d20",
                Cleanup.COMPACT,
                7,
                JUDGMENT_BYTES + GROWTH_BYTES);
    }

    /** The deny list. */
    public Topic erasures() {
        return sharded("erasures", "annotatorId", "Erasure c7cc12a99f51945f", Cleanup.COMPACT, 7, JUDGMENT_BYTES);
    }

    /**
     * What somebody asks for.
     *
     * @param parameters p: a rollback carries a snapshot
     */
    public Topic commands(int parameters) {
        return single("commands", "model name", "Command 65d8a96b5b2f562f", Cleanup.DELETE, 7, matrixBytes(parameters));
    }

    /**
     * One copy of each round's order for every shard, in the shard's partition.
     *
     * @param parameters p, the number of parameters, which decides how large an order grows
     */
    public Topic roundOrders(int parameters) {
        return sharded(
                        "round-orders",
                        "shard number",
                        "ShardOrder 42c0b89c111a2b2f",
                        Cleanup.COMPACT,
                        1,
                        matrixBytes(parameters))
                .busy(Duration.ofDays(1));
    }

    /** What shards report, at most ten times a second each; one partition, because one coordinator adds them up. */
    public Topic shardReports(int parameters) {
        return single(
                        "shard-reports",
                        "shard number",
                        "ShardReport 44ab330d0815d812 68bf22918a1c79a9",
                        Cleanup.DELETE,
                        1,
                        matrixBytes(parameters))
                .busy(Duration.ofMinutes(10));
    }

    /** What shards say of their annotators after each rerun: the newest of each shard, for people to look at. */
    public Topic annotators() {
        return single(
                        "annotators",
                        "shard number",
                        "ShardAnnotators e246f9e7b0f0a6c1",
                        Cleanup.COMPACT,
                        1,
                        JUDGMENT_BYTES)
                .busy(Duration.ofDays(1));
    }

    /**
     * Settings of the changelog of what the coordinator remembers; Kafka Streams makes and compacts that topic.
     *
     * @param parameters p: an order is in it
     */
    public Map<String, String> memory(int parameters) {
        return Map.of("max.message.bytes", Integer.toString(matrixBytes(parameters)), "segment.ms", "600000");
    }

    /** The newest snapshot of each model. */
    public Topic parameters(int parameters) {
        return single("parameters", "model name", SNAPSHOTS, Cleanup.COMPACT, 7, matrixBytes(parameters))
                .busy(Duration.ofDays(7));
    }

    /** Snapshots of reruns, for audits and for rolling back; updates would be gigabytes a day. */
    public Topic parameterHistory(int parameters) {
        return single("parameter-history", "model name", SNAPSHOTS, Cleanup.DELETE, 365, matrixBytes(parameters));
    }

    /** What pipelines act on. */
    public Topic events() {
        return single("events", "model name", "Event 47b1b01db8d27882", Cleanup.DELETE, 90, JUDGMENT_BYTES);
    }

    /**
     * Records of any topic that their readers cannot use, as received, with place and reason in the headers. A value that was
     * larger than any topic takes, once unpacked, is cut.
     *
     * @param parameters p: a report is a record too
     */
    public Topic quarantine(int parameters) {
        int largest = Math.max(matrixBytes(parameters), 4 * JUDGMENT_BYTES) + GROWTH_BYTES;
        return single("quarantine", "topic/partition/offset", AS_RECEIVED, Cleanup.DELETE, 30, largest);
    }

    /** Candidates to be scored. */
    public Topic scoreRequests() {
        return sharded(
                "score-requests",
                "requestId",
                "ScoreRequest f80525989a9c88af ffe25301d93275cd, ScoreBatch 243b38dc61b75458",
                Cleanup.DELETE,
                1,
                JUDGMENT_BYTES);
    }

    /** The scores, where the request names no topic for them. */
    public Topic scoreReplies() {
        String value = "ScoreReply f395fa0e9fee22c2 84b0e82622ea4a14, ScoreBatchReply 690839ca92d4b264";
        return sharded(SCORE_REPLIES, "as in the request", value, Cleanup.DELETE, 1, JUDGMENT_BYTES);
    }

    /** @return what the names of the topics begin with that clients may have replies written to; clients make those */
    public String ownReplies() {
        return prefix + SCORE_REPLIES + ".";
    }

    /** What was answered, to be computed again: a record with features may be larger than the request they were made from. */
    public Topic scoreDecisions() {
        return sharded(
                "score-decisions",
                "requestId",
                "ScoreDecision a5c532d3dd050801",
                Cleanup.DELETE,
                90,
                4 * JUDGMENT_BYTES);
    }

    /** @return every topic of a deployment with {@code parameters} parameters, in the order a judgment meets them */
    public List<Topic> all(int parameters) {
        return List.of(
                judgments(),
                refusedJudgments(),
                judgmentIds(),
                comparisons(),
                erasures(),
                commands(parameters),
                roundOrders(parameters),
                shardReports(parameters),
                annotators(),
                parameters(parameters),
                parameterHistory(parameters),
                events(),
                quarantine(parameters),
                scoreRequests(),
                scoreReplies(),
                scoreDecisions());
    }

    /** @return where a schema registry keeps the records of all topics */
    public List<Subject> subjects() {
        return all(1).stream().flatMap(topic -> topic.subjects().stream()).toList();
    }

    /**
     * The largest record that carries matrices: a report with the Fisher information, the meat and the moments, each a
     * packed triangle of float64, 12 p² bytes in all; names, vectors and diagnostics find room in the rest.
     */
    static int matrixBytes(int parameters) {
        return Math.toIntExact(Math.max(JUDGMENT_BYTES, 16L * parameters * parameters + 65_536));
    }

    private Topic sharded(String name, String key, String value, Cleanup cleanup, int retentionDays, int maxBytes) {
        return topic(name, key, value, Partitions.SHARDED, cleanup, retentionDays, maxBytes);
    }

    private Topic single(String name, String key, String value, Cleanup cleanup, int retentionDays, int maxBytes) {
        return topic(name, key, value, Partitions.SINGLE, cleanup, retentionDays, maxBytes);
    }

    private Topic topic(
            String name, String key, String value, Partitions partitions, Cleanup cleanup, int days, int maxBytes) {
        return new Topic(
                prefix + name, key, value, partitions, cleanup, Duration.ofDays(days), maxBytes, SEGMENT_BYTES);
    }
}
