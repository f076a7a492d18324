package dev.assay.streams.collect;

import dev.assay.streams.wire.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** No object per judgment: 128 bits of a cryptographic hash stand for a key, and ids chosen to collide cannot be found. */
record KeyHash(long high, long low) {
    /** Made once a thread: looking one up costs as much as hashing. */
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Sha256::digest);

    static KeyHash of(byte[] bytes) {
        ByteBuffer digest = ByteBuffer.wrap(SHA_256.get().digest(bytes));
        return new KeyHash(digest.getLong(), digest.getLong());
    }

    static KeyHash of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }
}
