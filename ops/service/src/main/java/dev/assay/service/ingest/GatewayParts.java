package dev.assay.service.ingest;

import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.CommandRecords;
import dev.assay.streams.Deployment;
import dev.assay.streams.quarantine.QuarantineSender;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.JudgmentRecords;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What reads platforms' payloads and writes what they ask for: a gateway has it, and so has whoever sends dead letters back.
 *
 * @param outlet to the broker
 * @param ids judgments by platforms' ids
 * @param intake payloads to records
 */
public record GatewayParts(Outlet outlet, PlatformIds ids, PlatformIntake intake) implements AutoCloseable {
    /** Half of the patience for one attempt, so that there is a second one. */
    private static final int ATTEMPTS = 2;

    /**
     * @param platforms how they write their judgments
     * @param meters count what was put aside
     */
    public static GatewayParts open(
            Deployment deployment, GatewaySettings settings, PlatformSettings platforms, MeterRegistry meters) {
        int patience = Math.toIntExact(settings.limits().ackTimeout().toMillis());
        Outlet outlet = new Outlet(
                Clients.producer(
                        deployment,
                        Map.of(
                                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                                true,
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                patience,
                                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                patience / ATTEMPTS,
                                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                patience,
                                ProducerConfig.LINGER_MS_CONFIG,
                                0)),
                settings.limits().ackTimeout());
        PlatformIds ids = PlatformIds.follow(
                Clients.consumer(deployment),
                deployment.topics().judgmentIds().name(),
                deployment.topics().erasures().name(),
                outlet,
                Codec.erasures(deployment.wire()),
                new QuarantineSender(deployment.quarantine(meters), records -> putAside(outlet, records)));
        PlatformIntake intake = new PlatformIntake(
                new JudgmentRecords(deployment.topics(), deployment.shards(), deployment.wire()),
                CommandRecords.of(deployment),
                deployment.topics(),
                new Pseudonyms(settings.keys().pseudonymKey()),
                ids,
                platforms,
                InstantSource.system());
        return new GatewayParts(outlet, ids, intake);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The outlet says in the log what the broker does not take.
    private static void putAside(Outlet outlet, List<ProducerRecord<byte[], byte[]>> records) {
        outlet.send(records);
    }

    @Override
    public void close() {
        ids.close();
        outlet.close();
    }
}
