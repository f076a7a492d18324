package dev.assay.streams.features;

import dev.assay.estimator.algebra.Require;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A fitted space on disk, big-endian: magic, format version, of texts the fingerprint of their analysis, name, id, of
 * embeddings their source, numbers. The id is computed again on loading, so that a flipped bit is an error and not a slightly
 * wrong reward.
 */
final class FeatureFile {
    private static final int TEXT = 0x41534654; // "ASFT"
    private static final int EMBEDDINGS = 0x41534645; // "ASFE"
    private static final int VERSION = 1;

    private final Path file;
    private final DataInputStream in;

    private FeatureFile(Path file, DataInputStream in) {
        this.file = file;
        this.in = in;
    }

    /** What is read of a file that is open. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(FeatureFile open) throws IOException;
    }

    static void save(TextFeatureSpace space, Path file) {
        save(file, TEXT, out -> {
            out.writeInt(HashedText.fingerprint());
            out.writeUTF(space.name());
            out.writeUTF(space.id());
            space.projection().writeTo(out);
        });
    }

    static void save(EmbeddingProjection projection, Path file) {
        save(file, EMBEDDINGS, out -> {
            out.writeUTF(projection.name());
            out.writeUTF(projection.id());
            projection.source().writeTo(out);
            projection.writeTo(out);
        });
    }

    static TextFeatureSpace loadText(Path file) {
        return load(file, FeatureFile::text);
    }

    static EmbeddingProjection loadEmbeddings(Path file) {
        return load(file, FeatureFile::embeddings);
    }

    static boolean holdsEmbeddings(Path file) {
        byte[] bytes = bytes(file);
        return bytes.length >= Integer.BYTES && ByteBuffer.wrap(bytes).getInt() == EMBEDDINGS;
    }

    private TextFeatureSpace text() throws IOException {
        int magic = in.readInt();
        Require.that(
                magic != EMBEDDINGS,
                "%s holds a projection of embeddings: features.kind must be embeddings to use it",
                file);
        requireHead(magic, TEXT, "feature space file");
        int fingerprint = in.readInt();
        Require.that(
                fingerprint == HashedText.fingerprint(),
                "feature space file %s was fitted with another analysis of text (fingerprint %08x, this build has %08x):"
                        + " fit it again",
                file,
                fingerprint,
                HashedText.fingerprint());
        String name = in.readUTF();
        String id = in.readUTF();
        TextFeatureSpace space = TextFeatureSpace.of(name, TextProjection.readFrom(in));
        requireEnd(id, space.id());
        return space;
    }

    private EmbeddingProjection embeddings() throws IOException {
        requireHead(in.readInt(), EMBEDDINGS, "projection of embeddings");
        String name = in.readUTF();
        String id = in.readUTF();
        EmbeddingProjection projection = EmbeddingProjection.readFrom(name, EmbeddingSource.readFrom(in), in);
        requireEnd(id, projection.id());
        return projection;
    }

    private void requireHead(int magic, int wanted, String what) throws IOException {
        Require.that(magic == wanted, "%s is no %s: it starts with %08x, not %08x", file, what, magic, wanted);
        int version = in.readInt();
        Require.that(
                version == VERSION,
                "feature space file %s must have format version %d, had %d",
                file,
                VERSION,
                version);
    }

    private void requireEnd(String id, String ofContent) throws IOException {
        Require.that(
                ofContent.equals(id),
                "feature space file %s is damaged: it says %s, its content %s",
                file,
                id,
                ofContent);
        Require.that(in.read() < 0, "feature space file %s is damaged: bytes follow its end", file);
    }

    /** Writes beside the file and moves into place, so that nobody loads half of it. */
    private static void save(Path file, int magic, ContentHash.Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(magic);
            out.writeInt(VERSION);
            content.writeTo(out);
            out.flush();
            Path whole = file.toAbsolutePath();
            Path partial = whole.resolveSibling(whole.getFileName() + ".partial");
            Files.write(partial, bytes.toByteArray());
            Files.move(partial, whole, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("feature space file " + file + " cannot be written: " + e, e);
        }
    }

    private static <T> T load(Path file, Reader<T> reader) {
        byte[] bytes = bytes(file);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return reader.read(new FeatureFile(file, in));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "feature space file " + file + " is damaged or cut short at " + bytes.length + " bytes: " + e, e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("feature space file " + file + " cannot be read: " + e, e);
        }
    }
}
