package dev.assay.streams.collect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** No object per judgment: 128 bits of a cryptographic hash stand for a key, and ids chosen to collide cannot be found. */
record KeyHash(long high, long low) {
    /** Made once a thread: looking one up costs as much as hashing. */
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(() -> {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    });

    static KeyHash of(byte[] bytes) {
        ByteBuffer digest = ByteBuffer.wrap(SHA_256.get().digest(bytes));
        return new KeyHash(digest.getLong(), digest.getLong());
    }

    static KeyHash of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }
}
