package dev.assay.cli.dlq;

import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.service.ingest.DeadLetter;
import dev.assay.service.ingest.GatewayParts;
import dev.assay.service.ingest.NewestEditions;
import dev.assay.service.ingest.PlatformIntake;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.ingest.formats.Webhook;
import dev.assay.service.topics.CheckedSender;
import dev.assay.streams.Deployment;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.admit.Admit;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.settings.GatewaySettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
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

    /**
     * @param platforms how they write their judgments
     * @param dry say what would be said now, send nothing
     */
    Redrive(Deployment deployment, PlatformSettings platforms, boolean dry) {
        this.deployment = deployment;
        this.dry = dry;
        admit = new Admit(deployment.contextSpec(), deployment.featureSpace(), deployment.wire());
        GatewaySettings settings = deployment.config().servers().gateway();
        parts = GatewayParts.open(deployment, settings, platforms, new SimpleMeterRegistry());
    }

    /**
     * Sends, and waits for the broker. The letters are read twice, because there may be more than memory holds.
     *
     * @return how many letters came to what; in a dry run, to what they would come now
     */
    Map<String, Integer> send(DeadLetters which) throws Exception {
        NewestEditions newest = new NewestEditions(deployment.wire());
        Map<Integer, Long> ends = new HashMap<>();
        which.each(deployment, letter -> {
            ends.put(letter.record().partition(), letter.record().offset());
            await(letter, newest);
        });
        newest.read(deployment);
        try (CheckedSender sender = new CheckedSender(deployment)) {
            which.each(deployment, letter -> {
                // What has come since the first reading nobody has looked for.
                if (letter.record().offset()
                        <= ends.getOrDefault(letter.record().partition(), -1L)) {
                    again(letter, newest, record -> send(sender, record));
                }
            });
            sender.flush();
        }
        return outcomes;
    }

    private void send(CheckedSender sender, ProducerRecord<byte[], byte[]> record) {
        if (!dry) {
            sender.send(record);
        }
    }

    private void await(DeadLetter letter, NewestEditions newest) {
        if (letter.platform().isPresent()) {
            long time = letter.record().timestamp();
            wanted(letter, letter.platform().get()).messages().forEach(message -> newest.lookFor(message.key(), time));
        } else {
            letter.key().ifPresent(newest::lookFor);
        }
    }

    private PlatformIntake.Wanted wanted(DeadLetter letter, Webhook platform) {
        return parts.intake().read(platform, letter.record().value());
    }

    private void again(DeadLetter letter, NewestEditions newest, Consumer<ProducerRecord<byte[], byte[]>> to) {
        letter.platform()
                .ifPresentOrElse(
                        platform -> payload(letter, wanted(letter, platform), newest, to),
                        () -> record(letter, newest, to));
    }

    private void record(DeadLetter letter, NewestEditions newest, Consumer<ProducerRecord<byte[], byte[]>> to) {
        Optional<ComparisonKey> key = letter.key();
        Optional<Long> offset = letter.originalOffset(deployment.topics());
        long time = letter.record().timestamp();
        boolean superseded = key.isPresent()
                && (offset.isPresent()
                        ? newest.isAfterOffset(key.get(), offset.get())
                        : newest.isAfterTime(key.get(), time));
        if (superseded) {
            count(SUPERSEDED);
        } else {
            count(dry ? verdict(letter.record().value()) : SENT);
            to.accept(letter.again(deployment.topics()));
        }
    }

    @SuppressWarnings("NullAway") // Admit takes a record without a value.
    private String verdict(byte[] value) {
        Admission admission = admit.admit(value);
        return admission instanceof Admission.Refused refused
                ? "would be refused: " + refused.reason()
                : "would be admitted";
    }

    private void payload(
            DeadLetter letter,
            PlatformIntake.Wanted wanted,
            NewestEditions newest,
            Consumer<ProducerRecord<byte[], byte[]>> to) {
        wanted.ids().forEach(to);
        wanted.commands().forEach(to);
        int sent = wanted.commands().size();
        for (JudgmentMessage message : wanted.messages()) {
            if (!newest.isAfterTime(message.key(), letter.record().timestamp())) {
                to.accept(parts.intake().record(message));
                sent++;
            }
        }
        if (wanted.refusal().isPresent()) {
            count("still " + wanted.refusal().get().reason());
        } else if (sent == 0 && !wanted.messages().isEmpty()) {
            count(SUPERSEDED);
        } else {
            count(dry ? "would be understood" : SENT);
        }
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    @Override
    public void close() {
        parts.close();
    }
}
