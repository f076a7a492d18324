package dev.assay.lab.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Listens on a port of loopback and passes on to another, byte by byte and both ways. It adds nothing and loses nothing:
 * what a line holds is kept, here and in the sockets before, until the line is mended, and so is the end of a connection.
 */
public final class Relay implements AutoCloseable {
    private static final int CHUNK = 8 * 1024;
    private static final int BOTH = 2;

    private final ServerSocket server;
    private final int target;
    private final Line there;
    private final Line back;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private Relay(ServerSocket server, int target, Line there, Line back) {
        this.server = server;
        this.target = target;
        this.there = there;
        this.back = back;
    }

    /**
     * Opens one, on a port that is free.
     *
     * @param target port to pass on to
     * @param there from who connects to the target
     * @param back from the target
     */
    public static Relay to(int target, Line there, Line back) {
        try {
            Relay relay = new Relay(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), target, there, back);
            start("relay to " + target, relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on loopback", e);
        }
    }

    /** @return where it listens */
    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException e) {
                // Closed, or who connected is gone again.
            }
        }
    }

    private void connect(Socket role) throws IOException {
        Socket broker;
        try {
            broker = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            role.setSoLinger(true, 0); // A reset is next to being refused.
            role.close();
            return;
        }
        sockets.add(role);
        sockets.add(broker);
        AtomicInteger ended = new AtomicInteger();
        start("relay to " + target + ", there", () -> passOn(role, broker, there, ended));
        start("relay to " + target + ", back", () -> passOn(broker, role, back, ended));
    }

    /** Ends when {@code from} has; the other direction lives on, as it would in TCP. */
    private void passOn(Socket from, Socket to, Line line, AtomicInteger ended) {
        try {
            to.setTcpNoDelay(true);
            copy(from.getInputStream(), to.getOutputStream(), line);
        } catch (IOException e) {
            // Reset: the other end hears of it as of an end, when the line lets it.
        }
        try {
            line.pass(0);
            to.shutdownOutput();
        } catch (IOException e) {
            // It has ended from the other side too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ended.incrementAndGet() == BOTH) {
            close(from);
            close(to);
        }
    }

    private static void copy(InputStream in, OutputStream out, Line line) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int size = in.read(chunk); size >= 0; size = in.read(chunk)) {
            try {
                line.pass(size);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            out.write(chunk, 0, size);
        }
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // There is nothing to be done about it.
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends every connection as it is. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the relay to port " + target, e);
        }
        sockets.forEach(this::close);
    }
}
