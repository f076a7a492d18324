package dev.assay.streams.features;

import dev.assay.estimator.algebra.Require;
import dev.assay.streams.features.embed.Contract;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * An {@link EmbeddingProjection} on disk, big-endian: magic, format version, name, id, whose embeddings, numbers. The id is
 * computed again on loading, so that a flipped bit is an error and not a slightly wrong reward.
 */
final class EmbeddingFile {
    static final int MAGIC = 0x41534645; // "ASFE"
    private static final int VERSION = 1;

    private EmbeddingFile() {}

    static void save(EmbeddingProjection projection, Path file) {
        SavedSpace.save(file, out -> {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeUTF(projection.name());
            out.writeUTF(projection.id());
            projection.source().writeTo(out);
            projection.writeTo(out);
        });
    }

    static EmbeddingProjection load(Path file) {
        return SavedSpace.load(file, in -> read(in, file));
    }

    private static EmbeddingProjection read(DataInputStream in, Path file) throws IOException {
        int magic = in.readInt();
        Require.that(
                magic == MAGIC, "%s is no projection of embeddings: it starts with %08x, not %08x", file, magic, MAGIC);
        int version = in.readInt();
        Require.that(
                version == VERSION,
                "feature space file %s must have format version %d, had %d",
                file,
                VERSION,
                version);
        String name = in.readUTF();
        SpaceName.check(name);
        String id = in.readUTF();
        Contract contract = Contract.valueOf(in.readUTF().toUpperCase(Locale.ROOT));
        EmbeddingSource source = new EmbeddingSource(contract, in.readUTF(), in.readInt());
        EmbeddingProjection projection = EmbeddingProjection.readFrom(name, source, in);
        Require.that(
                projection.id().equals(id),
                "feature space file %s is damaged: it says %s, its content %s",
                file,
                id,
                projection.id());
        Require.that(in.read() < 0, "feature space file %s is damaged: bytes follow its end", file);
        return projection;
    }
}
