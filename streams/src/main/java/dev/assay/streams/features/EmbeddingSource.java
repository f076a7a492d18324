package dev.assay.streams.features;

import dev.assay.estimator.algebra.Require;
import dev.assay.streams.features.embed.Contract;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Locale;

/**
 * What decides the numbers an embedding server answers with; not where it is, for it may move.
 *
 * @param contract its wire format
 * @param model the name of its model; empty if it was not named
 * @param dimension numbers of an embedding, 1 to 16,384
 */
public record EmbeddingSource(Contract contract, String model, int dimension) {
    /** The largest embedding. */
    public static final int LARGEST_DIMENSION = 16_384;

    private static final int LONGEST_MODEL = 256;

    /** @throws IllegalArgumentException naming the bound and the value */
    public EmbeddingSource {
        Require.that(
                model.length() <= LONGEST_MODEL,
                "the model of an embedding must have at most %d characters, had %d",
                LONGEST_MODEL,
                model.length());
        Require.that(
                dimension >= 1 && dimension <= LARGEST_DIMENSION,
                "the dimension of an embedding must be 1 to %d, was %d",
                LARGEST_DIMENSION,
                dimension);
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeUTF(contract.toString());
        out.writeUTF(model);
        out.writeInt(dimension);
    }

    static EmbeddingSource readFrom(DataInputStream in) throws IOException {
        Contract contract = Contract.valueOf(in.readUTF().toUpperCase(Locale.ROOT));
        return new EmbeddingSource(contract, in.readUTF(), in.readInt());
    }

    @Override
    public String toString() {
        return contract + " model " + (model.isEmpty() ? "(not named)" : model) + " of dimension " + dimension;
    }
}
