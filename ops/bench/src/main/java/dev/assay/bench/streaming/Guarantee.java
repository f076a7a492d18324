package dev.assay.bench.streaming;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What does exactly-once cost: a round trip from one process to another and back, as of an order and its answer,
 * and a pass-through with store and changelog? {@code ops/bench/guarantee}. A hop is half a round trip.
 */
public final class Guarantee {
    private static final int[] PAYLOADS = {8, 100_000};
    private static final int SLOWER = 10; // fewer round trips where each waits for an interval
    private static final int RECORD_BYTES = 1_000;
    private static final int THREADS = 2;

    private Guarantee() {}

    /** @param args round trips, default 1,000; records of the pass-through, default 100,000 */
    public static void main(String[] args) throws Exception {
        int trips = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        int records = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
        Figures figures = new Figures("guarantee");
        try (Cluster cluster = Cluster.start()) {
            for (int payload : PAYLOADS) {
                for (EchoMode mode : EchoMode.values()) {
                    int counted = mode == EchoMode.EXACTLY_ONCE_INTERVAL ? trips / SLOWER : trips;
                    double[] millis = new RoundTrips(counted / 2, counted).run(cluster, mode, payload);
                    System.out.printf("%s, %d B: %.1f ms%n", mode.label(), payload, Figures.median(millis));
                    figures.addMillis(mode.label() + ", " + payload + " B, round trip", millis);
                }
            }
            passThrough(cluster, records, figures);
        }
        figures.print();
    }

    private static void passThrough(Cluster cluster, int records, Figures figures) throws Exception {
        produce(cluster, records);
        List<String> guarantees = List.of(StreamsConfig.AT_LEAST_ONCE, StreamsConfig.EXACTLY_ONCE_V2);
        for (String run : List.of("warm-up", "1", "2", "3")) {
            for (String guarantee : guarantees) {
                String name = guarantee + "-" + run;
                cluster.createTopic(name, Trial.SHARDS);
                double rate = PassThrough.rate(cluster, "pass-" + name, guarantee, THREADS, "pass-in", name, records);
                if (!run.equals("warm-up")) {
                    figures.add("pass-through, " + guarantee + ", run " + run + ", records/s", rate);
                }
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is missing shows in the pass-through
    private static void produce(Cluster cluster, int records) throws Exception {
        cluster.createTopic("pass-in", Trial.SHARDS);
        try (KafkaProducer<byte[], byte[]> producer = cluster.producer(Map.of())) {
            for (int i = 0; i < records; i++) {
                byte[] key = Integer.toString(i).getBytes(java.nio.charset.StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>("pass-in", key, new byte[RECORD_BYTES]));
            }
        }
    }
}
