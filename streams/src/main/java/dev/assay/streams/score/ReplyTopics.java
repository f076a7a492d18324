package dev.assay.streams.score;

import dev.assay.schemas.Topic;
import dev.assay.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a reply may be written: the deployment's own topic, or one a client made for itself under {@code score-replies.}. A
 * producer that meets a topic that is not there waits a minute for it and then fails, and the whole worker with it; so what
 * there is is asked for beforehand. The list is at most so old before it is asked for anew, in the background; a topic that is
 * not on it is waited for, briefly, and for all comers together only once in a while. Used by many threads.
 */
public final class ReplyTopics {
    /** Header of a request that names the topic of its reply, in UTF-8. */
    public static final String HEADER = "assay.reply-topic";

    private static final Logger LOG = LoggerFactory.getLogger(ReplyTopics.class);
    private static final long OLD_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long ASK_AGAIN_NANOS = Duration.ofSeconds(2).toNanos();
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final int LONGEST_NAME = 249; // Kafka's own

    private final Destination.Usable standard;
    private final String beginning;
    private final Directory directory;
    private final LongSupplier nanos;
    private volatile Known known;
    private @Nullable CompletableFuture<Void> asking;

    /** What a header comes to. */
    public sealed interface Destination {
        /**
         * A topic that takes replies.
         *
         * @param topic name
         * @param maxBytes of one record
         */
        record Usable(String topic, int maxBytes) implements Destination {}

        /** @param reason field, bound and value */
        record Unusable(String reason) implements Destination {}
    }

    /** What topics there are. */
    @FunctionalInterface
    public interface Directory {
        /** @return all topics whose names begin so, by name; answered at leisure */
        CompletableFuture<Map<String, Destination>> list(String beginning);
    }

    private record Known(Map<String, Destination> topics, long atNanos) {}

    /**
     * @param topics the catalogue
     * @param directory is asked
     * @param nanos time that only grows
     */
    public ReplyTopics(Topics topics, Directory directory, LongSupplier nanos) {
        Topic replies = topics.scoreReplies();
        this.standard = new Destination.Usable(replies.name(), replies.maxMessageBytes());
        this.beginning = topics.ownReplies();
        this.directory = directory;
        this.nanos = nanos;
        this.known = new Known(Map.of(), nanos.getAsLong() - OLD_NANOS - 1);
    }

    /** @return where replies go that name no topic, and refusals of those that name a wrong one */
    public Destination.Usable standard() {
        return standard;
    }

    /** @param header null where the request has none */
    public Destination find(@Nullable Header header) {
        if (header == null) {
            return standard;
        }
        byte[] value = header.value();
        String name = value == null || value.length > LONGEST_NAME ? "" : new String(value, StandardCharsets.UTF_8);
        if (name.equals(standard.topic())) {
            return standard;
        }
        if (!name.startsWith(beginning)) {
            return new Destination.Unusable("header " + HEADER + " must be " + standard.topic()
                    + " or begin with " + beginning + ", was "
                    + (name.isEmpty() ? (value == null ? 0 : value.length) + " bytes" : "'" + printable(name) + "'"));
        }
        return find(name);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for a list that is only a little old.
    private Destination find(String name) {
        Destination found = known.topics.get(name);
        long age = nanos.getAsLong() - known.atNanos;
        if (found instanceof Destination.Usable) {
            if (age > OLD_NANOS) {
                ask();
            }
            return found;
        }
        if (age > ASK_AGAIN_NANOS) {
            await(ask());
            found = known.topics.get(name);
        }
        return found != null
                ? found
                : new Destination.Unusable("header " + HEADER + " must name a topic that exists, was '"
                        + printable(name) + "'; one just made is known in " + ASK_AGAIN_NANOS / 1_000_000_000 + " s");
    }

    private synchronized CompletableFuture<Void> ask() {
        CompletableFuture<Void> underWay = asking;
        if (underWay != null && !underWay.isDone()) {
            return underWay;
        }
        CompletableFuture<Void> begun = directory.list(beginning).handle((topics, failure) -> {
            if (failure != null) {
                LOG.atWarn().setCause(failure).log("the topics for replies cannot be listed, the list stays");
            }
            known = new Known(topics == null ? known.topics : Map.copyOf(topics), nanos.getAsLong());
            return null;
        });
        asking = begun;
        return begun;
    }

    private static void await(CompletableFuture<Void> answer) {
        try {
            answer.get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.atDebug().log("the list of topics is late"); // What is known so far decides.
        } catch (ExecutionException e) {
            throw new AssertionError("handled above", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String printable(String name) {
        return name.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
