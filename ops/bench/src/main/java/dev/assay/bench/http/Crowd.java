package dev.assay.bench.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that hold connections and ask for nothing. Those that have begun a request send a byte of it a second; whoever is sent
 * away comes again.
 */
public final class Crowd implements AutoCloseable {
    private final InetSocketAddress server;
    private final byte[] beginning;
    private final List<SocketChannel> members = new ArrayList<>();
    private final AtomicLong sentAway = new AtomicLong();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private Crowd(String address, String beginning) {
        URI uri = URI.create(address);
        server = new InetSocketAddress(uri.getHost(), uri.getPort());
        this.beginning = beginning.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * All of them are connected when this returns.
     *
     * @param beginning of the request that each sends; empty: none, it is idle
     */
    @SuppressWarnings("FutureReturnValueIgnored") // It says itself what it fails of.
    public static Crowd join(String address, int size, String beginning) throws IOException {
        Crowd crowd = new Crowd(address, beginning);
        for (int i = 0; i < size; i++) {
            crowd.members.add(crowd.come());
        }
        crowd.clock.scheduleWithFixedDelay(crowd::again, 1, 1, TimeUnit.SECONDS);
        return crowd;
    }

    /** @return how often one of them was sent away */
    public long sentAway() {
        return sentAway.get();
    }

    private SocketChannel come() throws IOException {
        SocketChannel member = SocketChannel.open(server);
        member.configureBlocking(false);
        member.write(ByteBuffer.wrap(beginning)); // It fits the socket's buffer.
        return member;
    }

    private void again() {
        ByteBuffer answer = ByteBuffer.allocate(4096);
        for (int i = 0; i < members.size(); i++) {
            try {
                if (!stays(members.get(i), answer.clear())) {
                    sentAway.incrementAndGet();
                    members.get(i).close();
                    members.set(i, come());
                }
            } catch (IOException e) {
                System.err.println("one of the crowd cannot come: " + e); // in a second again
            }
        }
    }

    private boolean stays(SocketChannel member, ByteBuffer answer) {
        try {
            if (member.read(answer) != 0) {
                return false; // an answer, or the end
            }
            if (beginning.length > 0) {
                member.write(ByteBuffer.wrap(new byte[] {' '}));
            }
            return true;
        } catch (IOException e) { // cut off
            return false;
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        clock.shutdownNow();
        if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the crowd does not leave");
        }
        for (SocketChannel member : members) {
            member.close();
        }
    }
}
