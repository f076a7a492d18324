package dev.assay.cli;

import dev.assay.streams.Deployment;
import dev.assay.streams.adapt.ComparisonKey;
import dev.assay.streams.adapt.JudgmentMessage;
import dev.assay.streams.adapt.http.GatewaySettings;
import dev.assay.streams.adapt.http.PlatformIntake;
import dev.assay.streams.adapt.platform.PlatformSettings;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.admit.Admit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends dead letters back: records to the topic of judgments as received, platforms' payloads through their readers again.
 * Never over a newer edition of the same judgment, which makes a second redrive of the same letters do nothing.
 */
final class Redrive implements AutoCloseable {
    static final String SUPERSEDED = "superseded by a newer edition";
    static final String SENT = "sent back";

    private final Deployment deployment;
    private final boolean dry;
    private final Admit admit;
    private final GatewayParts parts;
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Map<DeadLetter, PlatformIntake.Wanted> payloads = new HashMap<>();

    /**
     * @param platforms how they write their judgments
     * @param dry say what would be said now, send nothing
     */
    Redrive(Deployment deployment, PlatformSettings platforms, boolean dry) {
        this.deployment = deployment;
        this.dry = dry;
        admit = new Admit(deployment.contextSpec(), deployment.featureSpace());
        GatewaySettings settings = deployment.config().gateway();
        parts = GatewayParts.open(deployment, settings, platforms);
    }

    /**
     * Sends, and waits for the broker.
     *
     * @return how many letters came to what; in a dry run, to what they would come now
     */
    Map<String, Integer> send(List<DeadLetter> letters) throws Exception {
        Later later = Later.of(deployment, keys(letters));
        List<ProducerRecord<byte[], byte[]>> ids = new ArrayList<>();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (DeadLetter letter : letters) {
            PlatformIntake.Wanted wanted = payloads.get(letter);
            if (wanted == null) {
                again(letter, later).ifPresent(records::add);
            } else {
                ids.addAll(wanted.ids());
                records.addAll(again(letter, wanted, later));
            }
        }
        if (!dry) {
            parts.outlet().send(ids).get();
            try (CheckedSender sender = new CheckedSender(deployment)) {
                records.forEach(sender::send);
                sender.flush();
            }
        }
        return outcomes;
    }

    private Set<ComparisonKey> keys(List<DeadLetter> letters) {
        Set<ComparisonKey> keys = new HashSet<>();
        for (DeadLetter letter : letters) {
            if (letter.platform().isPresent()) {
                PlatformIntake.Wanted wanted = parts.intake()
                        .read(letter.platform().get(), letter.record().value());
                payloads.put(letter, wanted);
                wanted.messages().forEach(message -> keys.add(key(message)));
            } else {
                letter.key().ifPresent(keys::add);
            }
        }
        return keys;
    }

    private static ComparisonKey key(JudgmentMessage message) {
        return new ComparisonKey(message.annotatorId(), message.judgmentId());
    }

    private Optional<ProducerRecord<byte[], byte[]>> again(DeadLetter letter, Later later) {
        Optional<ComparisonKey> key = letter.key();
        Optional<Long> offset = letter.originalOffset(deployment.topics());
        long time = letter.record().timestamp();
        boolean superseded = key.isPresent()
                && (offset.isPresent() ? later.thanOffset(key.get(), offset.get()) : later.thanTime(key.get(), time));
        if (superseded) {
            count(SUPERSEDED);
            return Optional.empty();
        }
        count(dry ? verdict(letter.record().value()) : SENT);
        return Optional.of(letter.again(deployment.topics()));
    }

    @SuppressWarnings("NullAway") // Admit takes a record without a value.
    private String verdict(byte[] value) {
        Admission admission = admit.admit(value);
        return admission instanceof Admission.Rejected rejected
                ? "would be refused: " + rejected.reason()
                : "would be admitted";
    }

    private List<ProducerRecord<byte[], byte[]>> again(DeadLetter letter, PlatformIntake.Wanted wanted, Later later) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(wanted.commands());
        boolean superseded = false;
        for (JudgmentMessage message : wanted.messages()) {
            if (later.thanTime(key(message), letter.record().timestamp())) {
                superseded = true;
            } else {
                records.add(parts.intake().record(message));
            }
        }
        if (wanted.refusal().isPresent()) {
            count("still " + wanted.refusal().get().reason());
        } else if (records.isEmpty() && superseded) {
            count(SUPERSEDED);
        } else {
            count(dry ? "would be understood" : SENT);
        }
        return records;
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    @Override
    public void close() {
        parts.close();
    }
}
