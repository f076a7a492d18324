package dev.assay.cli.deployment;

import dev.assay.cli.command.DeploymentCommand;
import dev.assay.cli.command.Failures;
import dev.assay.schemas.UndecodableException;
import dev.assay.service.serve.RecordedBodies;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.SnapshotShelf;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.Decision;
import dev.assay.streams.score.DecisionMaker;
import dev.assay.streams.score.Replay;
import dev.assay.streams.score.ScoringModel;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.DecisionCodec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay replay}: computes what was answered again, and compares bit for bit. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Compute the decisions on score-decisions again and compare bit for bit; exit code 1 if any differ.")
public final class ReplayCommand extends DeploymentCommand {
    private static final int SHOWN = 10;

    @Option(
            names = "--requests",
            paramLabel = "FILE.jsonl",
            description =
                    "Recorded requests, for decisions kept without features: one body a line as it was sent, a record's"
                            + " value as {\"base64\": \"...\"}. May be repeated.")
    private List<Path> requests = List.of();

    @Override
    protected int run() throws Exception {
        Deployment opened = existing();
        RecordedBodies bodies = new RecordedBodies(opened.featureSpace(), opened.wire());
        requests.forEach(bodies::read);
        Tally tally = new Tally(out());
        DecisionCodec codec = new DecisionCodec(opened.wire());
        try (SnapshotShelf shelf = new SnapshotShelf(opened);
                TopicTail reader =
                        Clients.tail(opened, opened.topics().scoreDecisions().name())) {
            reader.readToEnd(record -> replay(codec, record, shelf, bodies, tally));
        }
        tally.print();
        return tally.differing == 0 ? 0 : Failures.FAILED;
    }

    private static void replay(
            DecisionCodec codec,
            ConsumerRecord<byte[], byte[]> record,
            SnapshotShelf shelf,
            RecordedBodies bodies,
            Tally tally) {
        Decision decision;
        try {
            decision = codec.decode(record.value() == null ? new byte[0] : record.value());
        } catch (UndecodableException e) {
            tally.unreadable++;
            return;
        }
        Optional<ScoringModel> model = shelf.model(decision.parameterVersion());
        if (model.isEmpty()) {
            tally.gone++;
            return;
        }
        int dimension = model.get().snapshot().rewardDimension();
        Optional<List<float[]>> features = Replay.features(decision, dimension).or(() -> bodies.features(decision));
        if (features.isEmpty()) {
            tally.featureless++;
            return;
        }
        tally.compared(decision, Replay.difference(decision, model.get(), features.get()));
    }

    /** What came of the decisions. */
    private static final class Tally {
        private final PrintWriter out;
        private final Map<String, Long> elsewhere = new TreeMap<>(); // by runtime
        private long equal;
        private long differing;
        private long gone;
        private long featureless;
        private long unreadable;

        Tally(PrintWriter out) {
            this.out = out;
        }

        void compared(Decision decision, Optional<String> difference) {
            if (!decision.runtime().equals(DecisionMaker.runtime())) {
                elsewhere.merge(decision.runtime(), 1L, Long::sum);
            }
            if (difference.isEmpty()) {
                equal++;
                return;
            }
            differing++;
            if (differing <= SHOWN) {
                out.println("decision of request " + decision.requestId() + ", version " + decision.parameterVersion()
                        + ", differs: " + difference.get());
            }
        }

        void print() {
            out.println(String.format(
                    Locale.ROOT,
                    "%,d decisions: %,d equal, %,d differ, %,d version gone, %,d without features, %,d unreadable",
                    equal + differing + gone + featureless + unreadable,
                    equal,
                    differing,
                    gone,
                    featureless,
                    unreadable));
            elsewhere.forEach((runtime, count) -> out.println(String.format(
                    Locale.ROOT,
                    "%,d of them were computed by %s, here is %s: last bits may differ",
                    count,
                    runtime,
                    DecisionMaker.runtime())));
        }
    }
}
