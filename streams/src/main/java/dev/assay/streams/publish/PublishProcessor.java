package dev.assay.streams.publish;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitStatus;
import dev.assay.estimator.descent.OneStep;
import dev.assay.schemas.UndecodableException;
import dev.assay.streams.adapt.Event;
import dev.assay.streams.adapt.ParameterSnapshot;
import dev.assay.streams.adapt.SnapshotCodec;
import dev.assay.streams.descend.FinishedRerun;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes a converged fit under the next version; of any other outcome it tells the reason, and the old snapshot stays. */
public final class PublishProcessor extends ContextualProcessor<String, FinishedRerun, String, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(PublishProcessor.class);

    private final Provenance provenance;
    private final String storeName;
    private final Children children;
    private final SnapshotCodec codec = new SnapshotCodec();
    private long newestVersion;

    /** Names of the nodes below: newest snapshots, all snapshots, events. */
    public record Children(String parameters, String history, String events) {}

    /**
     * @param provenance what snapshots say of their origin
     * @param storeName the newest snapshots, see {@link NewestSnapshot}
     * @param children nodes to forward to
     */
    public PublishProcessor(Provenance provenance, String storeName, Children children) {
        this.provenance = provenance;
        this.storeName = storeName;
        this.children = children;
    }

    @Override
    public void process(Record<String, FinishedRerun> finished) {
        FinishedRerun rerun = finished.value();
        Fit fit = rerun.fit();
        long now = context().currentSystemTimeMs();
        if (fit.status() != FitStatus.CONVERGED) {
            LOG.atWarn()
                    .addKeyValue("rerunId", rerun.rerunId())
                    .addKeyValue("reason", fit.status())
                    .addKeyValue("diagnostics", fit.diagnostics())
                    .log("rerun failed, the old snapshot stays");
            forward(event(rerun, Event.Type.RERUN_FAILED, null, now), children.events(), now);
            return;
        }
        newestVersion = Math.max(newestVersion, publishedVersion()) + 1;
        ParameterSnapshot snapshot = snapshot(rerun, newestVersion, Instant.ofEpochMilli(now));
        forward(snapshot, children.parameters(), now);
        forward(snapshot, children.history(), now);
        forward(event(rerun, Event.Type.RERUN_COMPLETED, newestVersion, now), children.events(), now);
        forward(event(rerun, Event.Type.PUBLISHED, newestVersion, now), children.events(), now);
        LOG.atInfo()
                .addKeyValue("rerunId", rerun.rerunId())
                .addKeyValue("parameterVersion", newestVersion)
                .addKeyValue("judgments", fit.count())
                .addKeyValue("rounds", fit.rounds())
                .log("snapshot published");
    }

    private void forward(Object value, String child, long now) {
        context().forward(new Record<>(provenance.model(), value, now), child);
    }

    private long publishedVersion() {
        KeyValueStore<String, byte[]> newest = context().getStateStore(storeName);
        byte[] bytes = newest.get(provenance.model());
        if (bytes == null) {
            return 0;
        }
        try {
            return codec.decode(bytes).version();
        } catch (UndecodableException e) {
            // Going on from 0 would publish versions that went before.
            throw new IllegalStateException(
                    "the snapshot of model " + provenance.model() + " on the topic of parameters is unreadable: "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * While judgments arrive a rerun ends near the maximum, not at it; one Newton step more is closer by an order,
     * MODEL (8), and the snapshot says by its kind and decrement that a step was taken.
     */
    private ParameterSnapshot snapshot(FinishedRerun rerun, long version, Instant now) {
        Fit fit = rerun.fit();
        Parameters parameters = rerun.exact()
                ? fit.parameters()
                : OneStep.of(fit.parameters(), fit.statistics()).orElseThrow().parameters();
        return new ParameterSnapshot(
                provenance.model(),
                version,
                rerun.exact() ? ParameterSnapshot.Kind.RERUN : ParameterSnapshot.Kind.INCREMENTAL,
                parameters,
                provenance.rewardNames(),
                provenance.rationalityNames(),
                fit.information(),
                fit.cross().values(),
                fit.meat().orElseThrow(),
                fit.count(),
                fit.weight(),
                fit.clusters(),
                fit.logLikelihood(),
                fit.decrement(),
                fit.rounds(),
                fit.diagnostics(),
                provenance.featureSpace(),
                provenance.contextSpec(),
                rerun.coveredOffsets(),
                0,
                null,
                provenance.codeRevision(),
                provenance.runtime(),
                now);
    }

    private Event event(FinishedRerun rerun, Event.Type type, @Nullable Long version, long now) {
        Fit fit = rerun.fit();
        String outcome = type == Event.Type.RERUN_FAILED
                ? "A rerun over " + fit.count() + " judgments ended " + fit.status() + "; the old snapshot stays. "
                        + fit.diagnostics()
                : type == Event.Type.PUBLISHED
                        ? "Snapshot " + version + " covers " + fit.count() + " judgments."
                        : "A rerun over " + fit.count() + " judgments converged in " + fit.rounds() + " rounds.";
        return new Event(
                rerun.rerunId() + "-" + type,
                type,
                provenance.model(),
                version,
                outcome,
                Map.of(
                        "rerunId", rerun.rerunId(),
                        "status", fit.status().name(),
                        "judgments", Long.toString(fit.count()),
                        "rounds", Integer.toString(fit.rounds())),
                Instant.ofEpochMilli(now));
    }
}
