package dev.assay.service.ingest;

import dev.assay.schemas.Topics;
import dev.assay.service.http.Doc;
import dev.assay.service.ingest.formats.Intake;
import dev.assay.service.ingest.formats.Items;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.ingest.formats.Webhook;
import dev.assay.service.topics.CommandRecords;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.RefusalReason;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.wire.DeadLetterHeaders;
import dev.assay.streams.wire.JudgmentRecords;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A platform's payload to the records it asks for: for webhooks as they come, and again for dead letters sent back.
 *
 * @param judgments their topic
 * @param commands their topic
 * @param topics the catalogue
 * @param pseudonyms of annotators
 * @param ids judgments by platforms' ids
 * @param settings how platforms write their judgments
 * @param clock when commands are asked for
 */
public record PlatformIntake(
        JudgmentRecords judgments,
        CommandRecords commands,
        Topics topics,
        Pseudonyms pseudonyms,
        PlatformIds ids,
        PlatformSettings settings,
        InstantSource clock) {
    /**
     * What a payload asks for, in the order in which it must be written: ids before judgments, or a judgment could stand that
     * nobody can take back.
     *
     * @param ids records of the topic of platforms' ids
     * @param messages judgments and retractions; where one is too large, it is left out and a refusal says so
     * @param commands erasures
     * @param ignored items rightly without effect
     * @param refusal why the payload, as a whole, must go to the dead-letter topic; empty: all was understood
     */
    public record Wanted(
            List<ProducerRecord<byte[], byte[]>> ids,
            List<JudgmentMessage> messages,
            List<ProducerRecord<byte[], byte[]>> commands,
            int ignored,
            Optional<PayloadRefusal> refusal) {
        /** A reason and what it says to people. */
        public record PayloadRefusal(RefusalReason reason, String message) {}

        int count(Class<? extends JudgmentMessage> type) {
            return (int) messages.stream().filter(type::isInstance).count();
        }
    }

    /** Reads a payload. */
    public Wanted read(Webhook platform, byte[] payload) {
        Reading reading = new Reading(platform);
        Items items = platform.reader().apply(settings);
        items.read(payload).forEach(reading::take);
        items.end().forEach(reading::take);
        return reading.wanted();
    }

    /** @return the record of a judgment or retraction of {@link Wanted} */
    public ProducerRecord<byte[], byte[]> record(JudgmentMessage message) {
        return judgments.of(message);
    }

    /** @return the payload as received, for the dead-letter topic */
    ProducerRecord<byte[], byte[]> deadLetter(Webhook platform, byte[] payload, Wanted.PayloadRefusal refusal) {
        RecordHeaders headers = new RecordHeaders();
        DeadLetterHeaders.put(headers, DeadLetterHeaders.SOURCE, platform.name());
        DeadLetterHeaders.putReason(headers, refusal.reason().name(), Refusal.class.getName(), refusal.message());
        return new ProducerRecord<>(topics.refusedJudgments().name(), null, null, null, payload, headers);
    }

    /** One payload's items, taken one by one. */
    private final class Reading {
        private final Webhook platform;
        private final List<ProducerRecord<byte[], byte[]>> idRecords = new ArrayList<>();
        private final List<JudgmentMessage> messages = new ArrayList<>();
        private final List<ProducerRecord<byte[], byte[]>> erasures = new ArrayList<>();
        private int ignored;
        private Optional<Wanted.PayloadRefusal> refusal = Optional.empty();

        Reading(Webhook platform) {
            this.platform = platform;
        }

        void take(Intake item) {
            if (item instanceof Intake.Judged judged) {
                judged(pseudonyms.of(judged.judgment()), judged.platformId());
            } else if (item instanceof Intake.Withdrawn withdrawn) {
                messages.add(pseudonyms.of(withdrawn.retraction()));
            } else if (item instanceof Intake.WithdrawnById byId) {
                withdrawn(byId);
            } else if (item instanceof Intake.Erased erased) {
                erased(Objects.requireNonNull(pseudonyms.of(erased.annotatorId())));
            } else if (item instanceof Intake.NotUnderstood not) {
                refuse(RefusalReason.PLATFORM_PAYLOAD, not.why());
            } else {
                ignored++;
            }
        }

        private void judged(Judgment judgment, @Nullable String platformId) {
            int bytes = judgments.of(judgment).value().length;
            if (bytes > JudgmentRoutes.LARGEST_JUDGMENT) {
                refuse(
                        RefusalReason.PLATFORM_PAYLOAD,
                        "a judgment must have at most " + JudgmentRoutes.LARGEST_JUDGMENT + " bytes in Avro, has "
                                + bytes);
                return;
            }
            if (platformId != null) {
                idRecords.add(ids.learn(
                        platform.name(), platformId, new PlatformId(judgment.annotatorId(), judgment.judgmentId())));
            }
            messages.add(judgment);
        }

        private void withdrawn(Intake.WithdrawnById byId) {
            ids.find(byId.source(), byId.platformId())
                    .ifPresentOrElse(
                            known -> messages.add(
                                    new Retraction(known.judgmentId(), known.annotatorId(), byId.source())),
                            () -> refuse(
                                    RefusalReason.UNKNOWN_PLATFORM_ID,
                                    "no judgment is known of " + byId.source() + "'s id " + byId.platformId()));
        }

        /** The same erasure again is the same command: platforms send things twice. */
        private void erased(String annotatorId) {
            String name = platform.name() + "/" + annotatorId;
            String id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                    .toString();
            erasures.add(commands.record(new Command.EraseAnnotator(id, annotatorId, clock.instant())));
        }

        private void refuse(RefusalReason reason, String message) {
            if (refusal.isEmpty()) {
                refusal = Optional.of(new Wanted.PayloadRefusal(reason, message));
            }
        }

        Wanted wanted() {
            return new Wanted(idRecords, messages, erasures, ignored, refusal);
        }
    }

    /** What a platform is answered: how many there were of each kind. */
    record Taken(
            @Doc(min = 0) int judged,
            @Doc(min = 0) int withdrawn,
            @Doc(min = 0) int erased,
            @Doc(min = 0) int ignored,
            @Doc(min = 0) int deadLettered) {
        static Taken of(Wanted wanted) {
            return new Taken(
                    wanted.count(Judgment.class),
                    wanted.count(Retraction.class),
                    wanted.commands().size(),
                    wanted.ignored(),
                    wanted.refusal().isPresent() ? 1 : 0);
        }
    }
}
