package dev.assay.bench.streaming;

import dev.assay.service.ingest.IngestSource;
import dev.assay.service.ingest.formats.Intake;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How many rows a second of a file become judgments, as every command reads them: bytes, rows, meaning, ids; no features, no
 * broker. {@code ops/bench/files}, beside pandas, which makes columns of them.
 */
public final class FileRate {
    private FileRate() {}

    /** @param args file; rounds, default 3 */
    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        long[] counts = {0, 0};
        double fastest = 0;
        String said = "";
        StringBuilder rates = new StringBuilder();
        for (int round = 0; round < rounds; round++) {
            IngestSource source = IngestSource.of(file, IngestSource.Reading.USUAL);
            said = source.said();
            counts[0] = 0;
            counts[1] = 0;
            long begin = System.nanoTime();
            source.read((place, asked) -> {
                for (Intake intake : asked) {
                    counts[intake instanceof Intake.Judged ? 0 : 1]++;
                }
            });
            double rate = (counts[0] + counts[1]) / ((System.nanoTime() - begin) / 1e9);
            fastest = Math.max(fastest, rate);
            rates.append(String.format(Locale.ROOT, " %,.0f", rate));
        }
        System.out.println(String.format(
                Locale.ROOT,
                "assay: %s, %,d judgments, %,d others, %,.0f rows/s, fastest of%s; heap of %,d MB at most",
                said,
                counts[0],
                counts[1],
                fastest,
                rates,
                Runtime.getRuntime().maxMemory() >> 20));
    }
}
