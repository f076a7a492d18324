package dev.assay.lab.chaos;

import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.wire.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The quarantine: every record that no estimator can use, under the place it had, and nothing that the service has made. */
final class QuarantineCheck {
    private final Map<Integer, String> missing;
    private final Set<Integer> elsewhere = new HashSet<>();
    private final Map<String, Integer> strangers = new TreeMap<>();

    private QuarantineCheck(Map<Integer, String> unusable) {
        missing = new HashMap<>(unusable);
    }

    /**
     * @param unusable by number the topics of what must be there
     * @return what is wrong, in sentences; empty if all is as expected
     */
    static List<String> of(Deployment deployment, Map<Integer, String> unusable) {
        QuarantineCheck check = new QuarantineCheck(unusable);
        int parameters = deployment.shape().parameters();
        Clients.read(deployment, deployment.topics().quarantine(parameters).name(), check::take);
        return check.wrong(unusable.size());
    }

    private List<String> wrong(int unusable) {
        List<String> wrong = new ArrayList<>();
        if (!missing.isEmpty()) {
            Map<String, Integer> byTopic = new TreeMap<>();
            missing.values().forEach(topic -> byTopic.merge(topic, 1, Integer::sum));
            wrong.add(missing.size() + " of " + unusable + " unusable records are not in quarantine: " + byTopic);
        }
        if (!elsewhere.isEmpty()) {
            wrong.add(elsewhere.size() + " unusable records are in quarantine under a place they did not have");
        }
        if (!strangers.isEmpty()) {
            wrong.add("records of the service are in quarantine, by topic and reason: " + strangers);
        }
        return wrong;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String topic = DeadLetterHeaders.get(record.headers(), DeadLetterHeaders.TOPIC);
        if (!Poisoning.made(record)) {
            strangers.merge(
                    topic + " " + DeadLetterHeaders.get(record.headers(), DeadLetterHeaders.REASON), 1, Integer::sum);
            return;
        }
        String expected = missing.remove(Poisoning.numberOf(record));
        String place = topic + "/" + DeadLetterHeaders.get(record.headers(), DeadLetterHeaders.PARTITION) + "/"
                + DeadLetterHeaders.get(record.headers(), DeadLetterHeaders.OFFSET);
        boolean keyed = place.equals(new String(record.key(), StandardCharsets.UTF_8));
        if (!keyed || (expected != null && !expected.equals(topic))) {
            elsewhere.add(Poisoning.numberOf(record));
        }
    }
}
