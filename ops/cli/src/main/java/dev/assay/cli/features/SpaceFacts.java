package dev.assay.cli.features;

import dev.assay.streams.features.EmbeddingProjection;
import dev.assay.streams.features.TextFeatureSpace;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** What people and config files need to know of a fitted feature space. */
final class SpaceFacts {
    private SpaceFacts() {}

    static void print(PrintWriter out, TextFeatureSpace space) {
        print(out, "text", space.id(), space.dimension(), space.explained());
    }

    static void print(PrintWriter out, EmbeddingProjection space) {
        print(out, "embeddings", space.id(), space.components(), space.explained());
        out.println("embeddings by " + space.source());
    }

    /** @throws IllegalArgumentException if the file holds neither */
    static void print(PrintWriter out, Path file) {
        if (EmbeddingProjection.isSavedIn(file)) {
            print(out, EmbeddingProjection.load(file));
        } else {
            print(out, TextFeatureSpace.load(file));
        }
    }

    private static void print(PrintWriter out, String kind, String id, int dimension, double explained) {
        out.println("kind " + kind);
        out.println("feature space " + id);
        out.println("dimension " + dimension);
        out.println(String.format(Locale.ROOT, "variance kept %.4f", explained));
    }
}
