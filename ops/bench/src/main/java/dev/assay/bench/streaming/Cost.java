package dev.assay.bench.streaming;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Does the cost model of {@code ops/docs/cost.md} hold? Encoded sizes as the codecs make them, beside its formulas; times of
 * passes and of additions, one thread: {@code ops/bench/cost}.
 */
public final class Cost {
    /** d, k, and judgments for the passes, about a hundred megabytes each. */
    private static final int[][] SIZES = {{32, 8, 400_000}, {128, 16, 150_000}, {512, 32, 40_000}};

    private Cost() {}

    /** @param args where to write the plot too, if wanted; or {@code --plot-only} and where */
    public static void main(String[] args) throws IOException {
        if (args.length > 0) {
            CostPlot.write(Path.of(args[args.length - 1]));
            if (args[0].equals("--plot-only")) {
                return;
            }
        }
        for (int[] size : SIZES) {
            Figures figures = new Figures("cost, d = " + size[0] + ", k = " + size[1]);
            CostCase example = new CostCase(size[0], size[1], size[2]);
            EncodedSizes.add(example, figures);
            WorkTimes.add(example, figures);
            figures.print();
        }
    }
}
