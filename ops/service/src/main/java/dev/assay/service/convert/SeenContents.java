package dev.assay.service.convert;

import dev.assay.streams.wire.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Which names have come with which content, as 64 bits of a hash each in one open table: 32 bytes a name, so that millions of
 * responses are told apart in little memory. That two names share a hash is a chance of 10^-7 among two million.
 */
final class SeenContents {
    private static final int SMALLEST = 1 << 10;

    private long[] names = new long[SMALLEST];
    private long[] contents = new long[SMALLEST];
    private int size;

    /** What became of a name. */
    enum Seen {
        NEW,
        AS_BEFORE,
        OTHERWISE
    }

    int size() {
        return size;
    }

    /** Keeps a name that is new; of one that is not, what it came with first. */
    Seen see(long name, long content) {
        int place = place(names, name);
        if (names[place] != 0) {
            return contents[place] == content ? Seen.AS_BEFORE : Seen.OTHERWISE;
        }
        names[place] = name;
        contents[place] = content;
        size++;
        if (size > names.length / 2) {
            grow();
        }
        return Seen.NEW;
    }

    private void grow() {
        long[] larger = new long[names.length * 2];
        long[] theirs = new long[larger.length];
        for (int i = 0; i < names.length; i++) {
            if (names[i] != 0) {
                int place = place(larger, names[i]);
                larger[place] = names[i];
                theirs[place] = contents[i];
            }
        }
        names = larger;
        contents = theirs;
    }

    /** @return where a name is, or the free place for it */
    private static int place(long[] names, long name) {
        int place = (int) name & (names.length - 1);
        while (names[place] != 0 && names[place] != name) {
            place = (place + 1) & (names.length - 1);
        }
        return place;
    }

    /** @return a hash of the parts and of where one ends, or is none; never 0 */
    static long hash(@Nullable String... parts) {
        MessageDigest digest = Sha256.digest();
        for (String part : parts) {
            byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_16LE);
            digest.update(ByteBuffer.allocate(4)
                    .putInt(part == null ? -1 : bytes.length)
                    .array());
            digest.update(bytes);
        }
        long hash = ByteBuffer.wrap(digest.digest()).getLong();
        return hash == 0 ? 1 : hash;
    }
}
