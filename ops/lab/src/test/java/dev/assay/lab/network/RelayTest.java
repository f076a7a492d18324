package dev.assay.lab.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A role and a broker with a relay between them. */
@Timeout(60)
class RelayTest {
    private static final int MUCH = 3_000_000;

    private final Line there = new Line();
    private final Line back = new Line();
    private ServerSocket server;
    private Relay relay;
    private Socket role;
    private Socket broker;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        relay = Relay.to(server.getLocalPort(), there, back);
        role = new Socket(InetAddress.getLoopbackAddress(), relay.port());
        broker = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        there.mend();
        back.mend();
        role.close();
        broker.close();
        relay.close();
        server.close();
    }

    @Test
    void bytesPassUnchangedBothWays() throws Exception {
        byte[] question = bytes(1);
        byte[] answer = bytes(2);
        CompletableFuture<byte[]> asked = read(broker, MUCH);
        CompletableFuture<byte[]> answered = read(role, MUCH);
        CompletableFuture<Void> asking = write(role, question);
        write(broker, answer).get();
        asking.get();
        assertThat(asked.get()).isEqualTo(question);
        assertThat(answered.get()).isEqualTo(answer);
    }

    @Test
    void aCutDirectionHoldsTheOtherGoesOnAndNothingIsLost() throws Exception {
        byte[] question = bytes(1);
        byte[] answer = bytes(2);
        there.suffer(Trouble.cut());
        CompletableFuture<byte[]> asked = read(broker, MUCH);
        CompletableFuture<Void> asking = write(role, question);
        CompletableFuture<byte[]> answered = read(role, MUCH);
        write(broker, answer).get();
        assertThat(answered.get()).isEqualTo(answer);
        assertThat(asked).isNotDone();

        there.mend();
        asking.get();
        assertThat(asked.get()).isEqualTo(question);
    }

    @Test
    void theEndOfAConnectionIsHeldWithTheBytesBeforeIt() throws Exception {
        there.suffer(Trouble.cut());
        write(role, new byte[] {7}).get();
        CompletableFuture<byte[]> asked = read(broker, 2);
        role.close();
        assertThat(asked).isNotDone();

        there.mend();
        assertThat(asked.get()).containsExactly(7);
    }

    @Test
    void whoeverIsConnectedHearsOfTheOthersEnd() throws Exception {
        broker.close();
        assertThat(read(role, 1).get()).isEmpty();
    }

    @Test
    void whereNobodyListensConnectionsEndAtOnce() throws Exception {
        server.close();
        try (Socket late = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
            assertThat(read(late, 1)
                            .handle((bytes, problem) -> bytes == null || bytes.length == 0)
                            .get())
                    .isTrue();
        }
    }

    @Test
    void aThrottledLineLetsPassNoMoreThanItsShareInAMinute() {
        Trouble trouble = Trouble.throttled(20_000);
        long minute = TimeUnit.MINUTES.toNanos(1);
        long passed = 0;
        for (long now = 0; now < minute; passed += 8_000) {
            now += trouble.holdsNanos(8_000, now);
        }
        assertThat(passed).isEqualTo(60 * 20_000);
    }

    @Test
    void connectionsOfAThrottledLineShareIt() {
        Trouble trouble = Trouble.throttled(20_000);
        trouble.holdsNanos(20_000, 5);
        assertThat(trouble.holdsNanos(20_000, 5)).isEqualTo(TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void aDelayStaysWithinItsBounds() {
        Trouble trouble = Trouble.delayed(Duration.ofMillis(50), Duration.ofMillis(500), new SplittableRandom(1));
        for (int chunk = 0; chunk < 1_000; chunk++) {
            assertThat(Duration.ofNanos(trouble.holdsNanos(1, 0)))
                    .isBetween(Duration.ofMillis(50), Duration.ofMillis(500));
        }
    }

    private static byte[] bytes(long seed) {
        byte[] bytes = new byte[MUCH];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    /** Threads of their own: what is held holds whoever writes it. */
    private static CompletableFuture<Void> write(Socket to, byte[] bytes) {
        return CompletableFuture.runAsync(
                () -> unchecked(() -> {
                    to.getOutputStream().write(bytes);
                    return bytes;
                }),
                RelayTest::start);
    }

    private static CompletableFuture<byte[]> read(Socket from, int most) {
        return CompletableFuture.supplyAsync(
                () -> unchecked(() -> from.getInputStream().readNBytes(most)), RelayTest::start);
    }

    private interface Bytes {
        byte[] get() throws IOException;
    }

    private static byte[] unchecked(Bytes bytes) {
        try {
            return bytes.get();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "end of a connection");
        thread.setDaemon(true);
        thread.start();
    }
}
