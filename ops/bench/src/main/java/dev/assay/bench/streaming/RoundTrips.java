package dev.assay.bench.streaming;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One record going to and fro between this process and another one: the time from one arrival here to the next. */
final class RoundTrips {
    private final int warmUp;
    private final long[] arrivedNanos;
    private final AtomicInteger arrived = new AtomicInteger();

    /** @param warmUp round trips before those that count */
    RoundTrips(int warmUp, int counted) {
        this.warmUp = warmUp;
        arrivedNanos = new long[warmUp + counted + 1];
    }

    /** @return milliseconds of each that counts */
    double[] run(Cluster cluster, EchoMode mode, int payloadBytes) throws Exception {
        String name = mode.name() + "-" + payloadBytes;
        String out = "out-" + name;
        String back = "back-" + name;
        cluster.createTopic(out, 1);
        cluster.createTopic(back, 1);
        try (ChildProcess far = ChildProcess.start(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Echo.class.getName(),
                        cluster.bootstrapServers(),
                        cluster.work().toString(),
                        mode.name(),
                        out,
                        back));
                Echo near = new Echo(cluster.bootstrapServers(), cluster.work(), mode, back, out, value -> arrive())) {
            far.await(Pattern.compile("echoing"), Duration.ofMinutes(1));
            Waiting.until("the near end runs", near::running);
            serve(cluster, back, payloadBytes);
            Waiting.until("the last round trip", () -> arrived.get() == arrivedNanos.length);
        }
        return millis();
    }

    private static void serve(Cluster cluster, String topic, int payloadBytes) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = cluster.producer(Map.of())) {
            Objects.requireNonNull(producer.send(new ProducerRecord<>(topic, new byte[] {1}, new byte[payloadBytes]))
                    .get());
        }
    }

    /** Called by the one stream thread of the near end. */
    private boolean arrive() {
        int number = arrived.get();
        if (number < arrivedNanos.length) {
            arrivedNanos[number] = System.nanoTime();
            arrived.set(number + 1);
        }
        return number + 1 < arrivedNanos.length;
    }

    private double[] millis() {
        double[] millis = new double[arrivedNanos.length - 1 - warmUp];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = (arrivedNanos[warmUp + i + 1] - arrivedNanos[warmUp + i]) / 1e6;
        }
        return millis;
    }
}
