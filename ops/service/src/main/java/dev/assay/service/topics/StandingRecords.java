package dev.assay.service.topics;

import dev.assay.streams.Deployment;
import dev.assay.streams.wire.Sha256;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What stands on a compacted topic: of every key the last record, unless that is a tombstone. Keys are kept as 128 bits of
 * their SHA-256, values as a checksum, so a key takes some hundred bytes whatever its record's size.
 */
public final class StandingRecords {
    private final Map<KeyDigest, Stand> stands = new HashMap<>();

    private record KeyDigest(long high, long low) {}

    private record Stand(int partition, long offset, long checksum) {}

    /** @return what stands on a topic now */
    public static StandingRecords of(Deployment deployment, String topic) {
        StandingRecords standing = new StandingRecords();
        Clients.read(deployment, topic, standing::take);
        return standing;
    }

    /** Takes the next record of the topic. */
    public void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            stands.remove(digest(record.key()));
            return;
        }
        CRC32C checksum = new CRC32C();
        checksum.update(record.value());
        stands.put(digest(record.key()), new Stand(record.partition(), record.offset(), checksum.getValue()));
    }

    /** @return whether this record is the one of its key that stands */
    public boolean contains(ConsumerRecord<byte[], byte[]> record) {
        Stand stand = stands.get(digest(record.key()));
        return stand != null && stand.partition() == record.partition() && stand.offset() == record.offset();
    }

    public int count() {
        return stands.size();
    }

    /** @return keys that do not stand alike on both topics: only here, only there, or with other values */
    public int differences(StandingRecords there) {
        Set<KeyDigest> all = new HashSet<>(stands.keySet());
        all.addAll(there.stands.keySet());
        int found = 0;
        for (KeyDigest key : all) {
            Stand here = stands.get(key);
            Stand other = there.stands.get(key);
            if (here == null || other == null || here.checksum() != other.checksum()) {
                found++;
            }
        }
        return found;
    }

    private static KeyDigest digest(byte[] key) {
        ByteBuffer hash = ByteBuffer.wrap(Sha256.of(key));
        return new KeyDigest(hash.getLong(), hash.getLong());
    }
}
