package dev.assay.streams;

import dev.assay.schemas.Topics;
import dev.assay.streams.features.RememberedFeatures;
import dev.assay.streams.model.Decision;
import dev.assay.streams.score.DecisionMaker;
import dev.assay.streams.score.NewestModel;
import dev.assay.streams.score.ReplyTopics;
import dev.assay.streams.score.ScoreProcessor;
import dev.assay.streams.score.Scorer;
import dev.assay.streams.wire.CodecSerializer;
import dev.assay.streams.wire.DecisionCodec;
import dev.assay.streams.wire.Partitioning;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;

/** A scoring worker's topology: requests are shared among the workers. Wiring only. */
public final class ScoreTopology {
    private ScoreTopology() {}

    /** A record, so that the description of the topology is the same in every run. */
    private record AsAddressed() implements TopicNameExtractor<byte[], ScoreProcessor.Reply> {
        @Override
        public String extract(byte[] key, ScoreProcessor.Reply reply, RecordContext context) {
            return reply.topic();
        }
    }

    /**
     * Builds the topology of one deployment's workers.
     *
     * @param deployment what it is made of
     * @param newest answered from
     * @param replyTopics where replies may go
     * @param meters counts what the stage does
     */
    public static Topology build(
            Deployment deployment, NewestModel newest, ReplyTopics replyTopics, MeterRegistry meters) {
        Topics topics = deployment.topics();
        ServiceConfig.ScoreConfig score = deployment.config().score();
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.latest(),
                "score-requests",
                (record, partitionTime) -> Math.max(0, record.timestamp()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.scoreRequests().name());
        deployment.featureSpace().bindTo(meters);
        topology.addProcessor(
                "score",
                () -> new ScoreProcessor(
                        new ScoreProcessor.Sinks("score-replies", "score-decisions"),
                        newest,
                        new Scorer(
                                new RememberedFeatures(
                                        deployment.featureSpace(), RememberedFeatures.USUAL_CAPACITY, meters, "score"),
                                score.level(),
                                score.maxCandidates()),
                        replyTopics,
                        new DecisionMaker(
                                score.decisions(), topics.scoreDecisions().maxMessageBytes()),
                        deployment.wire(),
                        meters),
                "score-requests");
        topology.addSink(
                "score-replies",
                new AsAddressed(),
                new ByteArraySerializer(),
                (topic, reply) -> reply.bytes(),
                Partitioning.spread(),
                "score");
        topology.addSink(
                "score-decisions",
                topics.scoreDecisions().name(),
                new ByteArraySerializer(),
                new CodecSerializer<Decision>(new DecisionCodec(deployment.wire())),
                Partitioning.spread(),
                "score");
        return topology;
    }
}
