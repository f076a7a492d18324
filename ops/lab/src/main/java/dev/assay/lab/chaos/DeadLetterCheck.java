package dev.assay.lab.chaos;

import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.admit.AdmitProcessor;
import dev.assay.streams.model.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The dead-letter topic: every malformed record, and nothing else but judgments of erased annotators. */
final class DeadLetterCheck {
    private final BitSet found = new BitSet();
    private final Map<String, Integer> strangers = new TreeMap<>();
    private int repeated;

    private DeadLetterCheck() {}

    /**
     * @param malformed how many malformed records were acknowledged
     * @param allowedRepeats how many of them may be there twice
     * @return what is wrong, in sentences; empty if all is as expected
     */
    static List<String> of(Deployment deployment, int malformed, long allowedRepeats) {
        DeadLetterCheck check = new DeadLetterCheck();
        Clients.read(deployment, deployment.topics().refusedJudgments().name(), check::take);
        List<String> wrong = new ArrayList<>();
        int missing = malformed - check.found.cardinality();
        if (missing != 0) {
            wrong.add(missing + " of " + malformed + " malformed records are not on the dead-letter topic");
        }
        if (check.repeated > allowedRepeats) {
            wrong.add(check.repeated + " malformed records are on the dead-letter topic more than once");
        }
        if (!check.strangers.isEmpty()) {
            wrong.add("good judgments are on the dead-letter topic, by reason: " + check.strangers);
        }
        return wrong;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Header number = record.headers().lastHeader(Malformed.NUMBER_HEADER);
        if (number == null) {
            String reason = text(record.headers().lastHeader(AdmitProcessor.REASON_HEADER));
            if (!reason.equals(RefusalReason.ANNOTATOR_ERASED.name())) {
                strangers.merge(reason, 1, Integer::sum);
            }
            return;
        }
        int index = Integer.parseInt(text(number));
        if (found.get(index)) {
            repeated++;
        }
        found.set(index);
    }

    private static String text(@Nullable Header header) {
        return header == null ? "none" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
