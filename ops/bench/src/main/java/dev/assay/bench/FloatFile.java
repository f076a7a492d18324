package dev.assay.bench;

import dev.assay.estimator.columns.FloatComparisonStore;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Rows of {@code ops/bench/generate.py}: float32, little endian, {@code ψ₀, w, y, ψ (k), z (d)}. */
final class FloatFile {
    private static final int HEAD = 3;

    private FloatFile() {}

    /** Adds all rows of a file, each its own cluster. */
    static void read(Path file, int d, int k, FloatComparisonStore store) throws IOException {
        int stride = HEAD + k + d;
        try (FileChannel channel = FileChannel.open(file)) {
            FloatBuffer numbers = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            float[] row = new float[stride];
            while (numbers.remaining() >= stride) {
                numbers.get(row);
                add(row, d, k, store);
            }
        }
    }

    private static void add(float[] row, int d, int k, FloatComparisonStore store) {
        float[] context = java.util.Arrays.copyOfRange(row, HEAD, HEAD + k);
        float[] difference = java.util.Arrays.copyOfRange(row, HEAD + k, HEAD + k + d);
        store.upsert(0, store.size(), -1, row[0], row[1], row[2], context, difference);
    }
}
