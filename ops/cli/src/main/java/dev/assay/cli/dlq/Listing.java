package dev.assay.cli.dlq;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How many records of a kind there are, and the newest of them; there may be more than memory holds. */
final class Listing {
    private static final int LEAST_WIDTH = 24;
    private static final Comparator<Entry> OLDEST_FIRST =
            Comparator.comparingLong(entry -> entry.record().timestamp());

    private final int limit;
    private final Map<String, Long> counts = new TreeMap<>();
    private final PriorityQueue<Entry> newest = new PriorityQueue<>(OLDEST_FIRST);

    private record Entry(ConsumerRecord<byte[], byte[]> record, Supplier<String> words) {}

    /** @param limit how many of the newest are listed */
    Listing(int limit) {
        this.limit = limit;
    }

    /** @param words said of it if it is among the newest */
    void add(String kind, ConsumerRecord<byte[], byte[]> record, Supplier<String> words) {
        counts.merge(kind, 1L, Long::sum);
        newest.add(new Entry(record, words));
        if (newest.size() > limit) {
            newest.remove();
        }
    }

    void print(PrintWriter out) {
        int width = counts.keySet().stream().mapToInt(String::length).reduce(LEAST_WIDTH, Math::max);
        String line = "%-" + width + "s %,d%n";
        counts.forEach((kind, count) -> out.printf(line, kind, count));
        out.printf(
                line,
                "in all",
                counts.values().stream().mapToLong(Long::longValue).sum());
        newest.stream()
                .sorted(OLDEST_FIRST.reversed())
                .forEach(entry -> out.printf(
                        "%d@%d  %s  %s%n",
                        entry.record().partition(),
                        entry.record().offset(),
                        Instant.ofEpochMilli(entry.record().timestamp()),
                        entry.words().get()));
    }
}
