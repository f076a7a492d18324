package dev.assay.streams.features.embed;

import dev.assay.streams.features.embed.EmbeddingFailure.Remedy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the texts of several threads meet: each is answered in a request that carries as many others as were there.
 *
 * <p>Idea: a caller puts its texts, in one piece, into a bounded queue and waits. A few threads, started by the first call,
 * take turns in collecting: from the first piece on they wait a moment for more, then go and ask while the next collects.
 * Where a request fails because of what is in it, it is halved until the text at fault is alone, so that one annotator's
 * text does not cost another's judgment.
 */
public final class EmbeddingBatches implements Embedder, AutoCloseable {
    private static final int SENDERS = 4;
    private static final int WAITING = 1024; // pieces; callers beyond wait for room

    private final Embedder server;
    private final int size;
    private final Duration linger;
    private final EmbeddingCounts counts;
    private final BlockingQueue<Piece> queue = new ArrayBlockingQueue<>(WAITING);
    private final ReentrantLock collecting = new ReentrantLock();
    private @Nullable Piece leftOver; // taken, but too large for the batch before; guarded by collecting
    private final List<Thread> senders = new ArrayList<>(); // guarded by itself

    /** Texts of one caller, and its answer. */
    private record Piece(List<String> texts, CompletableFuture<List<float[]>> answer) {}

    /**
     * @param server asked from several threads
     * @param size most texts of one request, at least 1
     * @param linger how long a request waits for more texts
     * @param counts what happens
     */
    public EmbeddingBatches(Embedder server, int size, Duration linger, EmbeddingCounts counts) {
        this.server = server;
        this.size = size;
        this.linger = linger;
        this.counts = counts;
    }

    @Override
    public List<float[]> embed(List<String> texts) throws EmbeddingFailure, InterruptedException {
        start();
        List<CompletableFuture<List<float[]>>> answers = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += size) {
            List<String> part = texts.subList(from, Math.min(texts.size(), from + size));
            Piece piece = new Piece(part, new CompletableFuture<>());
            queue.put(piece);
            answers.add(piece.answer);
        }
        List<float[]> embeddings = new ArrayList<>(texts.size());
        for (CompletableFuture<List<float[]>> answer : answers) {
            try {
                embeddings.addAll(answer.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof EmbeddingFailure failure) {
                    throw failure;
                }
                throw new IllegalStateException("a request for embeddings ended by our mistake", e.getCause());
            }
        }
        return embeddings;
    }

    /** Stops the threads; callers that wait then, wait no more. */
    @Override
    public void close() {
        synchronized (senders) {
            senders.forEach(Thread::interrupt);
            senders.clear();
        }
        List<Piece> waiting = new ArrayList<>();
        queue.drainTo(waiting);
        collecting.lock();
        try {
            if (leftOver != null) {
                waiting.add(leftOver);
            }
            leftOver = null;
        } finally {
            collecting.unlock();
        }
        fail(waiting, EmbeddingFailure.none("closed"));
    }

    private void start() {
        synchronized (senders) {
            while (senders.size() < SENDERS) {
                Thread sender = new Thread(this::send, "assay-embeddings-" + senders.size());
                sender.setDaemon(true); // The space lives as long as its process.
                senders.add(sender);
                sender.start();
            }
        }
    }

    private void send() {
        try {
            while (true) {
                answer(collect());
            }
        } catch (InterruptedException e) {
            // Closed: the end of this thread.
        }
    }

    private List<Piece> collect() throws InterruptedException {
        collecting.lockInterruptibly();
        try {
            Piece first = leftOver == null ? queue.take() : leftOver;
            leftOver = null;
            List<Piece> batch = new ArrayList<>(List.of(first));
            int texts = first.texts.size();
            long end = System.nanoTime() + linger.toNanos();
            while (texts < size) {
                Piece next = queue.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (next == null) {
                    break;
                }
                if (texts + next.texts.size() > size) {
                    leftOver = next;
                    break;
                }
                batch.add(next);
                texts += next.texts.size();
            }
            return batch;
        } finally {
            collecting.unlock();
        }
    }

    private void answer(List<Piece> batch) throws InterruptedException {
        try {
            List<String> texts =
                    batch.stream().flatMap(piece -> piece.texts.stream()).toList();
            List<float[]> embeddings = batch.size() == 1 ? inParts(texts) : server.embed(texts);
            int from = 0;
            for (Piece piece : batch) {
                int to = from + piece.texts.size();
                piece.answer.complete(embeddings.subList(from, to));
                from = to;
            }
        } catch (EmbeddingFailure failure) {
            if (failure.remedy() == Remedy.FEWER && batch.size() > 1) {
                answer(batch.subList(0, batch.size() / 2));
                answer(batch.subList(batch.size() / 2, batch.size()));
            } else {
                fail(batch, failure);
            }
        } catch (InterruptedException e) {
            fail(batch, EmbeddingFailure.none("closed"));
            throw e;
        } catch (RuntimeException e) {
            fail(batch, e); // The caller throws it; this thread serves others.
        }
    }

    /** In fewer at a time where the server wants that, be it for their number or for one of them. */
    private List<float[]> inParts(List<String> texts) throws EmbeddingFailure, InterruptedException {
        try {
            return server.embed(texts);
        } catch (EmbeddingFailure failure) {
            if (failure.remedy() != Remedy.FEWER || texts.size() == 1) {
                throw failure;
            }
            int half = texts.size() / 2;
            List<float[]> embeddings = new ArrayList<>(inParts(texts.subList(0, half)));
            embeddings.addAll(inParts(texts.subList(half, texts.size())));
            return embeddings;
        }
    }

    private void fail(List<Piece> batch, Exception failure) {
        for (Piece piece : batch) {
            counts.failed(piece.texts.size());
            piece.answer.completeExceptionally(failure);
        }
    }
}
