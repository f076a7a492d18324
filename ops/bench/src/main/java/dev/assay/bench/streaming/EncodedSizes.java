package dev.assay.bench.streaming;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.AlternatingDescent;
import dev.assay.estimator.descent.Descent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.descent.Step;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.streams.model.Linearisation;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.Round;
import dev.assay.streams.model.ShardOrder;
import dev.assay.streams.model.ShardReport;
import dev.assay.streams.wire.ShardOrderCodec;
import dev.assay.streams.wire.ShardReportCodec;
import dev.assay.streams.wire.SnapshotCodec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What travels for one judgment, one update and one rerun: bytes as encoded, beside what the formulas say. */
final class EncodedSizes {
    private EncodedSizes() {}

    static void add(CostCase example, Figures figures) {
        int d = example.d;
        int k = example.k;
        figures.add("judgment, B", mean(example.judgments));
        figures.add("judgment by formula 8d + 13k + 103, B", 8L * d + 13L * k + 103);
        figures.add("comparison and key, B", mean(example.comparisons) + mean(example.keys));
        figures.add("comparison by formula 8d + 17k + 147, B", 8L * d + 17L * k + 147);
        rerun(example, figures);
    }

    private static double mean(byte[][] encoded) {
        return Arrays.stream(encoded).mapToInt(bytes -> bytes.length).average().orElseThrow();
    }

    private static void rerun(CostCase example, Figures figures) {
        Descent descent = new AlternatingDescent(FitConfig.DEFAULTS);
        StoreShard shard = new StoreShard(example.store, 2);
        long orders = 0;
        long reports = 0;
        long trials = 0;
        long meats = 0;
        Step step = descent.begin(Start.cold(example.d, example.k));
        while (step instanceof Step.Ask ask) {
            Question question = ask.question();
            Answer answer = shard.answer(question);
            Round round = new Round("rerun-1700000000000", ask.round(), question);
            orders += new ShardOrderCodec().encode(new ShardOrder(linearisation(question.point()), round)).length;
            reports += encode(new ShardReport.Reply(0, 1L << 30, round.rerunId(), round.number(), answer));
            trials += question.trials().size();
            meats += question.wanted().clusters() ? 1 : 0;
            step = descent.advance(ask, answer);
        }
        Fit fit = ((Step.Done) step).fit();
        long p = (long) example.d + example.k;
        long matrix = PackedSymmetric.packedSize((int) p);
        long statistics = 8 * (matrix + (long) example.d * example.k + p);
        long moments = 8 * (triangle(example.d) + triangle(example.k + 1) + (long) example.d * (example.k + 1));
        long order = 8 * 2 * p;
        figures.add("rounds of a cold rerun", (long) fit.rounds());
        figures.add("of them with B", meats);
        figures.add("orders of a rerun to one shard, B", orders);
        figures.add("orders by formula, B", (fit.rounds() - 1) * order + 16 * p + 8 * trials * p);
        figures.add("answers of a rerun by one shard, B", reports);
        figures.add("answers by formula, B", moments + (fit.rounds() - 1) * statistics + meats * 8 * matrix);
        figures.add("update of one shard, B", encode(new ShardReport.Update(0, 1L << 30, 1, fit.answer())));
        figures.add("update by formula 8(p(p+1) + dk + p), B", statistics + 8 * matrix);
        figures.add("snapshot, B", (long) new SnapshotCodec().encode(snapshot(fit, example)).length);
        figures.add("snapshot by the same formula, B", statistics + 8 * matrix);
    }

    private static long triangle(int size) {
        return PackedSymmetric.packedSize(size);
    }

    private static Linearisation linearisation(Parameters at) {
        return new Linearisation(1, at);
    }

    private static long encode(ShardReport report) {
        return new ShardReportCodec().encode(report).length;
    }

    static ParameterSnapshot snapshot(Fit fit, CostCase example) {
        return new ParameterSnapshot(
                "bench",
                1,
                ParameterSnapshot.Kind.RERUN,
                fit.parameters(),
                new ParameterSnapshot.Spaces(
                        example.shape.featureSpace(),
                        example.shape.contextSpec(),
                        List.of(),
                        Collections.nCopies(example.k, "c00")),
                new ParameterSnapshot.Sums(
                        fit.information(),
                        fit.cross().values(),
                        fit.meat().orElseThrow(),
                        fit.count(),
                        fit.weight(),
                        fit.clusters(),
                        fit.logLikelihood()),
                new ParameterSnapshot.Quality(fit.decrement(), 0, fit.rounds(), fit.diagnostics()),
                new ParameterSnapshot.Origin(
                        List.of(1L << 30, 1L << 30, 1L << 30, 1L << 30), null, "unknown", "unknown", Instant.EPOCH));
    }
}
