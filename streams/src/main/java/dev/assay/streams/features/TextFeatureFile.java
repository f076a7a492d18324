package dev.assay.streams.features;

import dev.assay.estimator.algebra.Require;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A {@link TextFeatureSpace} on disk, big-endian: magic, format version, analysis fingerprint, name, id, numbers. The id
 * is computed again on loading, so that a flipped bit is an error and not a slightly wrong reward.
 */
final class TextFeatureFile {
    private static final int MAGIC = 0x41534654; // "ASFT"
    private static final int VERSION = 1;

    private TextFeatureFile() {}

    static void save(TextFeatureSpace space, Path file) {
        SavedSpace.save(file, out -> {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(HashedText.fingerprint());
            out.writeUTF(space.name());
            out.writeUTF(space.id());
            space.projection().writeTo(out);
        });
    }

    static TextFeatureSpace load(Path file) {
        return SavedSpace.load(file, in -> read(in, file));
    }

    private static TextFeatureSpace read(DataInputStream in, Path file) throws IOException {
        int magic = in.readInt();
        Require.that(
                magic != EmbeddingFile.MAGIC,
                "%s holds a projection of embeddings: features.kind must be embeddings to use it",
                file);
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
