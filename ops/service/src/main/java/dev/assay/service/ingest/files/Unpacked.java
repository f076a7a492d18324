package dev.assay.service.ingest.files;

import com.github.luben.zstd.ZstdInputStream;
import dev.assay.service.topics.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a file without what they are packed in, which they show themselves: a name may be wrong. */
final class Unpacked {
    private static final int BUFFER = 1 << 16;
    private static final int TELLING = 4;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] PARQUET = {'P', 'A', 'R', '1'};

    private Unpacked() {}

    /**
     * @param name of the file, for what is said of it
     * @throws InvalidInputException if it is packed in what is not read, or not in what its name says
     */
    static InputStream of(InputStream packed, String name) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(packed, BUFFER);
        bytes.mark(TELLING);
        byte[] first = bytes.readNBytes(TELLING);
        bytes.reset();
        if (begins(first, GZIP)) {
            return gzip(bytes, name);
        }
        if (begins(first, ZSTD)) {
            return new ZstdInputStream(bytes);
        }
        if (begins(first, ZIP)) {
            throw new InvalidInputException(
                    name + " is a zip archive or an Excel file: unpack it, or save it as CSV in UTF-8");
        }
        if (begins(first, PARQUET)) {
            throw new InvalidInputException(name + " is Parquet, which is not read; make lines of it: python -c 'import"
                    + " pandas, sys; pandas.read_parquet(sys.argv[1]).to_json(sys.argv[2], orient=\"records\","
                    + " lines=True)' FILE.parquet FILE.jsonl");
        }
        if (name.endsWith(".gz") || name.endsWith(".zst")) {
            throw new InvalidInputException(name + " is not " + (name.endsWith(".gz") ? "gzip" : "zstd")
                    + (first.length == 0 ? " (it is empty)" : " (it begins with " + shown(first[0]) + ")")
                    + ": rename it");
        }
        return bytes;
    }

    private static InputStream gzip(InputStream bytes, String name) throws IOException {
        try {
            return new GZIPInputStream(bytes, BUFFER);
        } catch (EOFException | ZipException e) {
            throw new InvalidInputException(name + " begins as gzip and is none that can be read: " + e.getMessage());
        }
    }

    private static boolean begins(byte[] first, byte[] with) {
        return first.length >= with.length && Arrays.equals(first, 0, with.length, with, 0, with.length);
    }

    private static String shown(byte first) {
        return first > ' ' ? String.valueOf((char) first) : "the byte " + Byte.toUnsignedInt(first);
    }
}
