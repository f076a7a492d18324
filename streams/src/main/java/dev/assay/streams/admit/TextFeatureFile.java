package dev.assay.streams.admit;

import dev.assay.estimator.algebra.Require;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A {@link TextFeatureSpace} on disk, big-endian: magic, format version, analysis fingerprint, name, id, numbers. The id
 * is computed again on loading, so that a flipped bit is an error and not a slightly wrong reward.
 */
final class TextFeatureFile {
    private static final int MAGIC = 0x41534654; // "ASFT"
    private static final int VERSION = 1;

    private TextFeatureFile() {}

    /** Writes beside the file and moves into place, so that nobody loads half of it. */
    static void save(TextFeatureSpace space, Path file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(HashedText.fingerprint());
            out.writeUTF(space.name());
            out.writeUTF(space.id());
            space.projection().writeTo(out);
            out.flush();
            Path whole = file.toAbsolutePath();
            Path partial = whole.resolveSibling(whole.getFileName() + ".partial");
            Files.write(partial, bytes.toByteArray());
            Files.move(partial, whole, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("feature space file " + file + " cannot be written: " + e, e);
        }
    }

    static TextFeatureSpace load(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("feature space file " + file + " cannot be read: " + e, e);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return read(in, file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "feature space file " + file + " is damaged or cut short at " + bytes.length + " bytes: " + e, e);
        }
    }

    private static TextFeatureSpace read(DataInputStream in, Path file) throws IOException {
        int magic = in.readInt();
        Require.that(magic == MAGIC, "%s is no feature space file: it starts with %08x, not %08x", file, magic, MAGIC);
        int version = in.readInt();
        Require.that(
                version == VERSION,
                "feature space file %s must have format version %d, had %d",
                file,
                VERSION,
                version);
        int fingerprint = in.readInt();
        Require.that(
                fingerprint == HashedText.fingerprint(),
                "feature space file %s was fitted with another analysis of text (fingerprint %08x, this build has %08x):"
                        + " fit it again",
                file,
                fingerprint,
                HashedText.fingerprint());
        String name = in.readUTF();
        SpaceName.check(name);
        String id = in.readUTF();
        TextFeatureSpace space = TextFeatureSpace.of(name, TextProjection.readFrom(in));
        Require.that(
                space.id().equals(id),
                "feature space file %s is damaged: it says %s, its content %s",
                file,
                id,
                space.id());
        Require.that(in.read() < 0, "feature space file %s is damaged: bytes follow its end", file);
        return space;
    }
}
