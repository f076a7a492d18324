package dev.assay.streams.descend;

import java.nio.ByteBuffer;
import org.apache.kafka.streams.state.KeyValueStore;

/** The newest version published, in a store with a changelog: it must never be given twice. */
public final class PublishedVersion {
    private static final String KEY = "version";

    private PublishedVersion() {}

    /** @return the newest version; 0 if there is none */
    public static long read(KeyValueStore<String, byte[]> store) {
        byte[] bytes = store.get(KEY);
        return bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
    }

    /** Notes a newer one. */
    public static void write(KeyValueStore<String, byte[]> store, long version) {
        store.put(KEY, ByteBuffer.allocate(Long.BYTES).putLong(version).array());
    }
}
