package dev.assay.bench.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/** What a benchmark found: printed as a table, and as one line of JSON. */
final class Figures {
    private final String benchmark;
    private final Map<String, Object> values = new LinkedHashMap<>();

    Figures(String benchmark) {
        this.benchmark = benchmark;
    }

    void add(String label, double value) {
        values.put(label, Double.parseDouble(String.format(Locale.ROOT, "%.4g", value)));
    }

    void add(String label, long value) {
        values.put(label, value);
    }

    void add(String label, String value) {
        values.put(label, value);
    }

    /** Median, 99th percentile and largest, in milliseconds. */
    void addMillis(String label, double[] millis) {
        add(label + ", p50 ms", new Percentile(50).evaluate(millis));
        add(label + ", p99 ms", new Percentile(99).evaluate(millis));
        add(label + ", largest ms", new Percentile(100).evaluate(millis));
    }

    void print() {
        System.out.println();
        System.out.println("| " + benchmark + " | |");
        System.out.println("|---|---|");
        values.forEach((label, value) -> System.out.println("| " + label + " | " + text(value) + " |"));
        System.out.println();
        try {
            System.out.println(new ObjectMapper().writeValueAsString(Map.of(benchmark, values)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Object value) {
        if (value instanceof Double number) {
            return Math.abs(number) >= 1000 ? String.format(Locale.ROOT, "%,.0f", number) : number.toString();
        }
        return value instanceof Long number ? String.format(Locale.ROOT, "%,d", number) : value.toString();
    }

    static double median(double[] values) {
        return new Percentile(50).evaluate(values);
    }
}
