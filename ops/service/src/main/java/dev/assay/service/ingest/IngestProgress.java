package dev.assay.service.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.service.topics.AtomicFile;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.Deployment;
import dev.assay.streams.wire.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far an ingest has come, kept in a small file, so that one that was interrupted goes on where the broker had
 * acknowledged. It knows a file of lines by how it begins, so that one that has grown is the same; any other by all its bytes,
 * for what is one array is written anew as a whole.
 */
public final class IngestProgress {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    private static final int BEGINNING = 1 << 16;

    private final @Nullable Path place;
    private final String target;
    private final Map<String, Position> files;

    /**
     * @param bytes how many of its first bytes the file is known by
     * @param sha256 of them
     * @param items how many of its items are acknowledged
     */
    record Position(long bytes, String sha256, long items) {}

    /** What the file holds. */
    record Stored(String target, Map<String, Position> files) {}

    private IngestProgress(@Nullable Path place, String target, Map<String, Position> files) {
        this.place = place;
        this.target = target;
        this.files = files;
    }

    /**
     * @param place null: nothing is kept
     * @throws InvalidInputException if the file is of another deployment, or no such file
     */
    public static IngestProgress open(@Nullable Path place, Deployment deployment) throws IOException {
        String target = deployment.config().cluster().kafka().get("bootstrap.servers") + " "
                + deployment.topics().judgments().name();
        if (place == null || !Files.exists(place)) {
            return new IngestProgress(place, target, new TreeMap<>());
        }
        try {
            Stored stored = JSON.readValue(Files.readAllBytes(place), Stored.class);
            if (!target.equals(stored.target()) || stored.files() == null) {
                throw new InvalidInputException(
                        "--resume must be a file about " + target + ", " + place + " is about " + stored.target());
            }
            return new IngestProgress(place, target, new TreeMap<>(stored.files()));
        } catch (JsonProcessingException e) {
            throw new InvalidInputException("--resume must be a file that ingest wrote, or a new one, was " + place
                    + ": " + e.getOriginalMessage());
        }
    }

    /**
     * @return how many items of a file the broker has acknowledged
     * @throws InvalidInputException if the file is another than then
     */
    public long acknowledged(Path file) throws IOException {
        Position position = files.get(name(file));
        if (position == null) {
            return 0;
        }
        if (!position.equals(position(file, position.bytes(), position.items()))) {
            throw new InvalidInputException("--resume " + place + " is about another file of the name " + file
                    + ", whose bytes were others: remove it to begin anew");
        }
        return position.items();
    }

    /**
     * Keeps that the broker has acknowledged so many items of a file.
     *
     * @param grows whether the file may get more items and stay the same
     */
    public void acknowledge(Path file, boolean grows, long items) throws IOException {
        if (place == null) {
            return;
        }
        files.put(name(file), position(file, grows ? BEGINNING : Long.MAX_VALUE, items));
        try (AtomicFile written = new AtomicFile(Objects.requireNonNull(place))) {
            written.line(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(new Stored(target, files)));
            written.commit();
        }
    }

    private static String name(Path file) {
        return file.toAbsolutePath().normalize().toString();
    }

    private static Position position(Path file, long most, long items) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = Sha256.digest();
            byte[] buffer = new byte[BEGINNING];
            long bytes = 0;
            int read = 0;
            while (bytes < most && read >= 0) {
                read = in.read(buffer, 0, (int) Math.min(buffer.length, most - bytes));
                if (read > 0) {
                    digest.update(buffer, 0, read);
                    bytes += read;
                }
            }
            return new Position(bytes, HexFormat.of().formatHex(digest.digest()), items);
        }
    }
}
