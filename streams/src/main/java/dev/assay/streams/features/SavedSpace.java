package dev.assay.streams.features;

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

/** The file of a feature space as bytes; what they mean is for {@link TextFeatureFile} and {@link EmbeddingFile} to say. */
final class SavedSpace {
    private SavedSpace() {}

    /** Reads what {@link ContentHash.Content} wrote. */
    @FunctionalInterface
    interface Reader<T> {
        T readFrom(DataInputStream in) throws IOException;
    }

    /** Writes beside the file and moves into place, so that nobody loads half of it. */
    static void save(Path file, ContentHash.Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
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

    static <T> T load(Path file, Reader<T> reader) {
        byte[] bytes = read(file);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return reader.readFrom(in);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "feature space file " + file + " is damaged or cut short at " + bytes.length + " bytes: " + e, e);
        }
    }

    static boolean startsWith(Path file, int magic) {
        byte[] bytes = read(file);
        return bytes.length >= Integer.BYTES && ByteBuffer.wrap(bytes).getInt() == magic;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("feature space file " + file + " cannot be read: " + e, e);
        }
    }
}
