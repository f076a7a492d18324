package dev.assay.streams.quarantine;

import dev.assay.schemas.UndecodableException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts aside what readers without a topology cannot use of what arrives while they read; what they find when they start they
 * pass over, or every start would say it anew. Where several of them read a topic, a record is there as often; its key says
 * that it is the same. They read on also where the broker does not take it.
 */
public final class QuarantineSender implements BiConsumer<ConsumerRecord<byte[], byte[]>, Exception> {
    private static final Logger LOG = LoggerFactory.getLogger(QuarantineSender.class);

    private final Quarantine quarantine;
    private final Consumer<List<ProducerRecord<byte[], byte[]>>> sender;

    /** @param sender does not wait for the broker */
    public QuarantineSender(Quarantine quarantine, Consumer<List<ProducerRecord<byte[], byte[]>>> sender) {
        this.quarantine = quarantine;
        this.sender = sender;
    }

    /** @param producer stays the caller's to close */
    public static QuarantineSender by(Quarantine quarantine, Producer<byte[], byte[]> producer) {
        return new QuarantineSender(quarantine, records -> records.forEach(record -> send(producer, record)));
    }

    /**
     * Puts a record aside.
     *
     * @param found what was found when it was read
     */
    @Override
    public void accept(ConsumerRecord<byte[], byte[]> received, Exception found) {
        UnusableRecordException unusable = found instanceof UndecodableException undecodable
                ? UnusableRecordException.of(undecodable)
                : UnusableRecordException.because(QuarantineReason.UNDECODABLE, String.valueOf(found.getMessage()));
        sender.accept(quarantine.records(received, unusable.reason(), String.valueOf(unusable.getMessage())));
    }

    // What send() promises is told to the callback too.
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> aside) {
        try {
            producer.send(aside, (metadata, failure) -> {
                if (failure != null) {
                    lost(failure);
                }
            });
        } catch (KafkaException | IllegalStateException e) { // no broker in time, or the producer is closed
            lost(e);
        }
    }

    private static void lost(Exception failure) {
        LOG.atWarn().setCause(failure).log("a record could not be put aside");
    }
}
