package dev.assay.estimator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.sums.Shard;
import dev.assay.estimator.sums.StoreShard;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** One set of the numerical truth in test resources {@code vectors/}: judgments, questions, answers. */
public record VectorSet(int d, int k, List<Comparison> comparisons, JsonNode expected, JsonNode queries) {
    public static VectorSet read(String name) {
        try {
            JsonNode expected = new ObjectMapper().readTree(resource(name + ".expected.json"));
            JsonNode queries = new ObjectMapper().readTree(resource(name + ".queries.json"));
            int d = expected.get("d").asInt();
            int k = expected.get("k").asInt();
            List<Comparison> comparisons = new String(resource(name + ".csv"), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> comparison(line, k))
                    .toList();
            return new VectorSet(d, k, comparisons, expected, queries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Vector vector(JsonNode numbers) {
        double[] values = new double[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i).asDouble();
        }
        return Vector.of(values);
    }

    /** All judgments, each its own cluster. */
    public DoubleComparisonStore store() {
        DoubleComparisonStore store = new DoubleComparisonStore(d, k);
        comparisons.forEach(store::add);
        return store;
    }

    public List<Shard> shards() {
        return List.of(new StoreShard(store()));
    }

    private static Comparison comparison(String line, int k) {
        double[] row =
                Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
        Vector numbers = Vector.of(row);
        return new Comparison(row[1], numbers.slice(2, 2 + k), numbers.slice(2 + k, row.length), row[0], 1);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = VectorSet.class.getResourceAsStream("/vectors/" + name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        }
    }
}
