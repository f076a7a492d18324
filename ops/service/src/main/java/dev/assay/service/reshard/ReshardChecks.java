package dev.assay.service.reshard;

import dev.assay.schemas.Topic;
import dev.assay.service.topics.Offsets;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** What must hold before anything is copied. */
public final class ReshardChecks {
    private static final String ESTIMATOR = "estimator";

    private final Admin admin;

    public ReshardChecks(Admin admin) {
        this.admin = admin;
    }

    /** @throws ReshardRefusedException if an estimator is at work */
    public void requireAtRest(Deployment deployment)
            throws ReshardRefusedException, ExecutionException, InterruptedException {
        String group = Role.group(deployment, ESTIMATOR);
        int members = members(group);
        if (members > 0) {
            throw new ReshardRefusedException("group " + group + " must have no members, has " + members
                    + "; stop the estimators and the producers of "
                    + deployment.topics().judgments().name() + " first");
        }
    }

    /** @throws ReshardRefusedException if somebody's transaction hides records that are to be copied */
    public void requireNoOpenTransaction(List<Topic> topics, Deployment deployment)
            throws ReshardRefusedException, ExecutionException, InterruptedException {
        for (Topic topic : topics) {
            Map<TopicPartition, Long> all = ends(topic, deployment, IsolationLevel.READ_UNCOMMITTED);
            Map<TopicPartition, Long> committed = ends(topic, deployment, IsolationLevel.READ_COMMITTED);
            if (!all.equals(committed)) {
                throw new ReshardRefusedException(
                        "topic " + topic.name() + " has an open transaction, committed up to " + committed + " of "
                                + all + "; it ends by itself after transaction.timeout.ms, then try again");
            }
        }
    }

    /**
     * @param resume whether what an interrupted run has copied is welcome
     * @throws ReshardRefusedException if the topics to copy to are in use
     */
    public void requireUnused(Deployment target, boolean resume)
            throws ReshardRefusedException, ExecutionException, InterruptedException {
        if (!offsets(target).isEmpty()) {
            throw new ReshardRefusedException(
                    "the topics of prefix " + target.topics().prefix()
                            + " must be unused, but an estimator has worked on them; take another --to-prefix");
        }
        Set<String> present = admin.listTopics().names().get();
        for (Topic topic : target.topics().all(target.shape().parameters())) {
            if (resume || !present.contains(topic.name())) {
                continue;
            }
            var description = admin.describeTopics(List.of(topic.name()))
                    .allTopicNames()
                    .get()
                    .get(topic.name());
            int partitions = description == null ? 0 : description.partitions().size();
            long records =
                    Offsets.ends(admin, topic.name(), partitions, IsolationLevel.READ_UNCOMMITTED).values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
            if (records > 0) {
                throw new ReshardRefusedException("topic " + topic.name() + " must be empty, has end offsets of "
                        + records + " in all; take another --to-prefix, or --resume where a reshard was interrupted");
            }
        }
    }

    /** @return up to where (exclusive) the estimator has consumed its sources */
    public Map<TopicPartition, Long> offsets(Deployment deployment) throws ExecutionException, InterruptedException {
        return Offsets.consumed(admin, deployment);
    }

    private int members(String group) throws ExecutionException, InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                    .mapToInt(description -> description.members().size())
                    .sum();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
            return 0; // nobody has ever worked here
        }
    }

    private Map<TopicPartition, Long> ends(Topic topic, Deployment deployment, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        int partitions = topic.partitions() == Topic.Partitions.SHARDED ? deployment.shards() : 1;
        return Offsets.ends(admin, topic.name(), partitions, isolation);
    }
}
