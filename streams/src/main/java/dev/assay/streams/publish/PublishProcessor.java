package dev.assay.streams.publish;

import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitStatus;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.descend.FinishedRerun;
import dev.assay.streams.descend.Publication;
import dev.assay.streams.descend.PublishedVersion;
import dev.assay.streams.descend.Rollback;
import dev.assay.streams.descend.Update;
import dev.assay.streams.model.EventType;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.wire.SnapshotCodec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes estimates under the next version: updates to the topic of parameters, reruns and rollbacks to the history and
 * as events too. Of a rerun without an estimate it tells the reason, and the old snapshot stays.
 */
public final class PublishProcessor extends ContextualProcessor<String, Publication, String, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(PublishProcessor.class);
    private static final String PUBLISHED = "publish.snapshots.published";
    private static final String KIND = "kind";

    private final SnapshotWriter writer;
    private final Provenance provenance;
    private final String snapshotStore;
    private final String versionStore;
    private final Children children;
    private final Counter updates;
    private final Counter reruns;
    private final Counter rollbacks;
    private final Counter failed;
    private final FailingReruns failing;
    private final SnapshotCodec codec;

    /** Names of the nodes below: newest snapshots, all but updates, events. */
    public record Children(String parameters, String history, String events) {}

    /**
     * @param provenance what snapshots say of their origin
     * @param snapshotStore the newest snapshots, see {@link NewestSnapshot}
     * @param versionStore where {@link PublishedVersion} is kept
     * @param meters counts
     * @param wire of the snapshots
     * @param children nodes to forward to
     */
    public PublishProcessor(
            Provenance provenance,
            String snapshotStore,
            String versionStore,
            MeterRegistry meters,
            WireFormat wire,
            Children children) {
        codec = new SnapshotCodec(wire);
        this.provenance = provenance;
        this.writer = new SnapshotWriter(provenance);
        this.snapshotStore = snapshotStore;
        this.versionStore = versionStore;
        this.children = children;
        updates = meters.counter(PUBLISHED, KIND, "update");
        reruns = meters.counter(PUBLISHED, KIND, "rerun");
        rollbacks = meters.counter(PUBLISHED, KIND, "rollback");
        failed = meters.counter("publish.reruns.failed");
        failing = new FailingReruns(meters);
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        newestSnapshot().ifPresent(snapshot -> {
            // Allowed, since a deployment may change its mind; but what stands in another space counts no more.
            provenance
                    .refusal(snapshot)
                    .ifPresent(refusal -> LOG.atWarn().log(refusal + " Comparisons of that one are left out."));
            // As soon as it is known: a later record of this topic may be anything.
            if (snapshot.version() > PublishedVersion.read(versions())) {
                PublishedVersion.write(versions(), snapshot.version());
            }
        });
    }

    @Override
    public void close() {
        failing.none(); // Who publishes from now on knows how many fail.
    }

    @Override
    public void process(Record<String, Publication> publication) {
        long now = context().currentSystemTimeMs();
        Publication what = publication.value();
        if (what instanceof Update update) {
            forward(writer.update(update, nextVersion(), now), children.parameters(), now);
            updates.increment();
        } else if (what instanceof FinishedRerun rerun) {
            publish(rerun, now);
        } else {
            publish((Rollback) what, now);
        }
    }

    private void publish(FinishedRerun rerun, long now) {
        Fit fit = rerun.fit();
        if (fit.status() != FitStatus.CONVERGED) {
            failed.increment();
            failing.ended(fit.status());
            LOG.atWarn()
                    .addKeyValue("rerunId", rerun.rerunId())
                    .addKeyValue("reason", fit.status())
                    .addKeyValue("diagnostics", fit.diagnostics())
                    .log("rerun failed, the old snapshot stays");
            String outcome = "A rerun over " + fit.count() + " judgments ended " + fit.status()
                    + "; the old snapshot stays. " + fit.diagnostics();
            forward(event(rerun, EventType.RERUN_FAILED, null, outcome, now), children.events(), now);
            return;
        }
        reruns.increment();
        failing.ended(fit.status());
        long version = nextVersion();
        ParameterSnapshot snapshot = kept(writer.rerun(rerun, version, now), now);
        String outcome = "A rerun over " + fit.count() + " judgments converged in " + fit.rounds() + " rounds.";
        forward(event(rerun, EventType.RERUN_COMPLETED, version, outcome, now), children.events(), now);
        List<String> notEstimable = snapshot.notEstimable();
        String published = "Snapshot " + version + " covers " + fit.count() + " judgments."
                + (notEstimable.isEmpty() ? "" : " Not estimable: " + String.join(", ", notEstimable) + ".");
        forward(event(rerun, EventType.PUBLISHED, version, published, now), children.events(), now);
        LOG.atInfo()
                .addKeyValue("rerunId", rerun.rerunId())
                .addKeyValue("parameterVersion", version)
                .addKeyValue("judgments", fit.count())
                .addKeyValue("rounds", fit.rounds())
                .log("snapshot published");
    }

    private void publish(Rollback rollback, long now) {
        ParameterSnapshot older = rollback.snapshot();
        Optional<String> refusal = provenance.refusal(older);
        if (refusal.isPresent()) {
            forward(event(rollback, EventType.COMMAND_REFUSED, null, refusal.get(), now), children.events(), now);
            return;
        }
        rollbacks.increment();
        long version = nextVersion();
        kept(writer.again(older, version, now), now);
        String published = "Snapshot " + version + " is version " + older.version()
                + " again; newer estimates are kept back until a rerun is asked for.";
        forward(event(rollback, EventType.PUBLISHED, version, published, now), children.events(), now);
        LOG.atInfo()
                .addKeyValue("parameterVersion", version)
                .addKeyValue("rolledBackFrom", older.version())
                .log("older snapshot published again");
    }

    /** The newest, and for audits. */
    private ParameterSnapshot kept(ParameterSnapshot snapshot, long now) {
        forward(snapshot, children.parameters(), now);
        forward(snapshot, children.history(), now);
        return snapshot;
    }

    private void forward(Object value, String child, long now) {
        context().forward(new Record<>(provenance.model(), value, now), child);
    }

    /** The store may be younger than the topic: somebody who has moved a deployment brought the snapshot along. */
    private long nextVersion() {
        long before = newestSnapshot().map(ParameterSnapshot::version).orElse(0L);
        long version = Math.max(PublishedVersion.read(versions()), before) + 1;
        PublishedVersion.write(versions(), version);
        return version;
    }

    private KeyValueStore<String, byte[]> versions() {
        return context().getStateStore(versionStore);
    }

    /** The newest on the topic; empty also where it is unreadable, which only a restored store may say. */
    private Optional<ParameterSnapshot> newestSnapshot() {
        KeyValueStore<String, byte[]> newest = context().getStateStore(snapshotStore);
        byte[] bytes = newest.get(provenance.model());
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(codec.decode(bytes));
        } catch (UndecodableException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("the newest snapshot on the topic is unreadable");
            return Optional.empty();
        }
    }

    private Event event(FinishedRerun rerun, EventType type, @Nullable Long version, String message, long now) {
        Fit fit = rerun.fit();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("rerunId", rerun.rerunId());
        facts.put("status", fit.status().name());
        facts.put("judgments", Long.toString(fit.count()));
        facts.put("rounds", Integer.toString(fit.rounds()));
        facts.put("exact", Boolean.toString(rerun.exact()));
        if (!rerun.commandIds().isEmpty()) {
            facts.put("commandId", String.join(",", rerun.commandIds()));
        }
        return event(rerun.rerunId() + "-" + type, type, version, message, facts, now);
    }

    private Event event(Rollback rollback, EventType type, @Nullable Long version, String message, long now) {
        Map<String, String> facts = Map.of(
                "commandId", rollback.commandId(),
                "rolledBackFrom", Long.toString(rollback.snapshot().version()));
        return event(rollback.commandId() + "-" + type, type, version, message, facts, now);
    }

    private Event event(
            String id, EventType type, @Nullable Long version, String message, Map<String, String> facts, long now) {
        return new Event(id, type.name(), provenance.model(), version, message, facts, Instant.ofEpochMilli(now));
    }
}
