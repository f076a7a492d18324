package dev.assay.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.Precision;
import dev.assay.estimator.descent.Diagnostic;
import dev.assay.estimator.descent.Method;
import dev.assay.estimator.descent.SavedState;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.AbstainingSet;
import dev.assay.estimator.selection.Centring;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Moments;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.Statistics;
import dev.assay.estimator.sums.Trials;
import dev.assay.estimator.sums.Wanted;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.descend.ErasureProgress;
import dev.assay.schemas.descend.OpenRerun;
import dev.assay.schemas.descend.PendingErasure;
import dev.assay.schemas.score.ScoredCandidate;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.ComparedResponse;
import dev.assay.streams.model.Coordination;
import dev.assay.streams.model.Decision;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Linearisation;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.RerunReason;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.model.Round;
import dev.assay.streams.model.ScoreBatch;
import dev.assay.streams.model.ScoreBatchReply;
import dev.assay.streams.model.ScoreReply;
import dev.assay.streams.model.ScoreRequest;
import dev.assay.streams.model.ShardAnnotators;
import dev.assay.streams.model.ShardOrder;
import dev.assay.streams.model.ShardReport;
import dev.assay.streams.model.StoredComparison;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The bytes of every kind of value, as they were once: what stands on topics and in changelogs is read for years. Where a
 * schema gets a version, {@code -Dassay.pin=true} writes the file anew and the diff is reviewed.
 */
class RecordedFramesTest {
    private static final Path FILE = Path.of("src/test/resources/frames.txt");
    private static final Instant THEN = Instant.ofEpochMilli(1_700_000_000_123L);
    private static final Parameters POINT = new Parameters(Vector.of(0.5, -1), Vector.of(2));
    private static final Interval INTERVAL = new Interval(0.5, 0.1, 0.3, 0.7);

    private final Map<String, String> now = new TreeMap<>();

    @Test
    void everyValueHasTheBytesThatItHadAndReadsThemBack() throws IOException, UndecodableException {
        commands();
        admitted();
        orders();
        reports();
        memory();
        scores();
        String frames = now.entrySet().stream()
                .map(frame -> frame.getKey() + " " + frame.getValue() + "\n")
                .collect(Collectors.joining());
        if (Boolean.getBoolean("assay.pin")) {
            Files.writeString(FILE, frames);
        }
        assertThat(frames).isEqualTo(Files.readString(FILE, StandardCharsets.UTF_8));
    }

    private void commands() throws UndecodableException {
        CommandCodec codec = new CommandCodec();
        frame("command.rerun", codec, new Command.Rerun("c1", THEN));
        frame("command.erase", codec, new Command.EraseAnnotator("c2", "a1", THEN));
        frame("command.rollback", codec, new Command.Rollback("c3", snapshot(), THEN));
        frame("snapshot", new SnapshotCodec(), snapshot());
    }

    private static ParameterSnapshot snapshot() {
        PackedSymmetric matrix = PackedSymmetric.of(3, new double[] {1, 2, 3, 4, 5, 6});
        return new ParameterSnapshot(
                "m",
                7,
                ParameterSnapshot.Kind.INCREMENTAL,
                POINT,
                new ParameterSnapshot.Spaces("space", "spec", List.of("r1", "r2"), List.of("g1")),
                new ParameterSnapshot.Sums(matrix, Vector.of(7, 8), matrix, 100, 101.5, 12, -60.25),
                new ParameterSnapshot.Quality(0.01, 0.2, 9, List.of(new Diagnostic("d", 3, "said"))),
                new ParameterSnapshot.Origin(List.of(3L, 4L), 5L, "revision", "runtime", THEN));
    }

    private void admitted() throws UndecodableException {
        Occasion occasion = new Occasion(Map.of("level", 0.1), THEN, "session", 1, "source");
        JudgmentCodec judgments = new JudgmentCodec();
        frame(
                "judgment",
                judgments,
                new Judgment(
                        "j1",
                        "a1",
                        "p1",
                        List.of(
                                new JudgedResponse("r1", "policy", "text", null),
                                new JudgedResponse("r2", null, null, new float[] {1.5f, -0f, Float.MIN_VALUE})),
                        List.of(2, 1),
                        2.5,
                        "space",
                        occasion));
        frame("judgment.retraction", judgments, new Retraction("j1", null, "source"));
        frame(
                "comparison",
                new ComparisonCodec(),
                new StoredComparison(
                        "p1",
                        List.of(
                                new ComparedResponse("r1", "policy", new float[] {1, 2}),
                                new ComparedResponse("r2", null, new float[] {3, 4})),
                        List.of(1, 1),
                        2.5,
                        "space",
                        new StoredComparison.EncodedContext("spec", 0.5f, new float[] {9}),
                        occasion));
    }

    private static ShardOrder order() {
        Question question = new Question(
                POINT,
                List.of(Parameters.of(Vector.of(-0.5, 1, -2), 2), Parameters.of(Vector.of(1, 2, 3), 2)),
                new Wanted(true, true, true, true, Precision.SCORE));
        return new ShardOrder(new Linearisation(4, POINT), new Round("r", 3, question));
    }

    private void orders() throws UndecodableException {
        frame("order", new ShardOrderCodec(), order());
        frame("order.nothing", new ShardOrderCodec(), new ShardOrder(null, null));
    }

    private void reports() throws UndecodableException {
        Statistics statistics = new Statistics(
                -3.5, Vector.of(1, 2, 3), Vector.of(1, 2, 3, 4, 5, 6), Vector.of(7, 8), 4, Vector.of(9), -0.25, 2);
        Moments moments = new Moments(Vector.of(1, 2), Vector.of(3), Vector.of(4, 5));
        ShardReportCodec codec = new ShardReportCodec();
        List<ErasureProgress> erasures = List.of(new ErasureProgress("c2", 5L, 3L, false, true));
        frame("report.status", codec, new ShardReport.Status(1, 77, 12, erasures));
        frame("report.update", codec, new ShardReport.Update(1, 77, 4, new Answer(12, 12.5, statistics)));
        Answer answer = new Answer(12, 12.5, null, moments, new Trials(Vector.of(-1, -2)));
        frame("report.reply", codec, new ShardReport.Reply(1, 77, "r", 3, answer));
        frame(
                "annotators",
                new ShardAnnotatorsCodec(),
                new ShardAnnotators(
                        "m",
                        3,
                        7,
                        THEN,
                        new ShardAnnotators.Totals(210, 4321.5, 2, 1, 0.25),
                        List.of(new ShardAnnotators.Annotator(
                                "b", 0.5, 1, Double.POSITIVE_INFINITY, 1.5, false, true))));
    }

    private void memory() throws UndecodableException {
        Erasure erasure = new Erasure("a1", "c2", "REQUESTED", 6L, 0L, 0L, THEN);
        frame("coordination.nothing", new CoordinationCodec(), Coordination.NOTHING);
        frame(
                "coordination",
                new CoordinationCodec(),
                new Coordination(
                        order(),
                        new SavedState(1, "kind", Map.of("part", new double[] {1, 2})),
                        new OpenRerun(
                                "r", Method.LBFGS.label(), RerunReason.GROWTH.name(), List.of("c1"), 100L, 0.5, true),
                        90,
                        List.of("c4"),
                        true,
                        List.of(
                                new PendingErasure(erasure, null, 0L, 0L, -1d, false, 77L, false),
                                new PendingErasure(
                                        erasure,
                                        new ErasureProgress("c2", 5L, 3L, true, false),
                                        8L,
                                        9L,
                                        0.1,
                                        true,
                                        77L,
                                        true))));
    }

    private void scores() throws UndecodableException {
        ScoreRequest request = new ScoreRequest(
                "r1",
                List.of(
                        new ScoreRequest.Candidate("a", "text", null),
                        new ScoreRequest.Candidate("b", null, new float[] {1.5f, -0f})),
                0.9,
                CovarianceKind.CLUSTERED,
                Centring.CANDIDATES,
                "space",
                2.5,
                true);
        frame("score.request", new ScoreRequestCodec(), request);
        frame("score.batch", new ScoreRequestCodec(), new ScoreBatch("b1", List.of(request, request)));
        ScoreReplyCodec replies = new ScoreReplyCodec();
        List<ScoreReply> all = List.of(
                new ScoreReply.Scored(
                        "r1",
                        new ScoreReply.Basis(7, "space", 0.9, CovarianceKind.CLUSTERED, Centring.CANDIDATES, 2.5),
                        List.of(new ScoredCandidate("a", 1d, 2d, -3d, 5d), new ScoredCandidate("b", 2d, 3d, -4d, 8d)),
                        1,
                        0,
                        new ScoreReply.Margin(1, INTERVAL),
                        new ScoreReply.Abstaining(
                                0.8, new AbstainingSet(1, List.of(0, 1), List.of(INTERVAL, INTERVAL), 2.2))),
                new ScoreReply.Refused("r2", "why"),
                new ScoreReply.Unavailable("r3", "why not"),
                new ScoreReply.Expired("r4", "late"));
        for (ScoreReply reply : all) {
            frame("score.reply." + reply.requestId(), replies, reply);
        }
        frame("score.replies", replies, new ScoreBatchReply("b1", all));
        frame(
                "decision",
                new DecisionCodec(),
                new Decision(
                        new Decision.Origin("r1", "kafka", "ab".repeat(32), 3, THEN),
                        new Decision.Basis(7, "space", CovarianceKind.MODEL, Centring.CANDIDATES, 0.9, 1.6),
                        1,
                        new Decision.Intervals(
                                new double[] {1}, new double[] {0.1}, new double[] {0.3}, new double[] {0.5}),
                        new float[] {1, -0f},
                        "runtime"));
    }

    private <T> void frame(String name, Codec<? super T> codec, T value) throws UndecodableException {
        now.put(name, again(codec, codec.encode(value)));
    }

    /** What is read of the bytes is what was written, to the last field. */
    private static <T> String again(Codec<T> codec, byte[] bytes) throws UndecodableException {
        assertThat(codec.encode(codec.decode(bytes))).isEqualTo(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
