package dev.assay.service.convert;

import dev.assay.service.ingest.DistinctHashes;
import dev.assay.streams.wire.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Which names have come with which content, as 64 bits of a hash each: so that millions of responses are told apart in little
 * memory. That two names share a hash is a chance of 10^-7 among two million.
 */
final class SeenContents {
    private final DistinctHashes names = new DistinctHashes(Integer.MAX_VALUE);
    private final DistinctHashes firsts = new DistinctHashes(Integer.MAX_VALUE); // a name with what it came with first

    /** What became of a name. */
    enum Seen {
        NEW,
        AS_BEFORE,
        OTHERWISE
    }

    int size() {
        return names.count();
    }

    /** Keeps a name that is new; of one that is not, what it came with first. */
    Seen see(long name, long content) {
        long both = 31 * name + content;
        if (names.add(name)) {
            firsts.add(both);
            return Seen.NEW;
        }
        return firsts.has(both) ? Seen.AS_BEFORE : Seen.OTHERWISE;
    }

    /** @return a hash of the parts and of where one ends, or is none */
    static long hash(@Nullable String... parts) {
        MessageDigest digest = Sha256.digest();
        for (String part : parts) {
            byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_16LE);
            digest.update(ByteBuffer.allocate(4)
                    .putInt(part == null ? -1 : bytes.length)
                    .array());
            digest.update(bytes);
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }
}
