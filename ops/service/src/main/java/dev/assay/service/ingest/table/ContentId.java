package dev.assay.service.ingest.table;

import dev.assay.streams.wire.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Identity of what has none but its content: the same content has the same id, wherever it stands in a file. */
public final class ContentId {
    private static final int BYTES = 10; // 80 bits: a collision among 10^9 texts has probability below 10^-6

    private ContentId() {}

    /** @return 20 hexadecimal digits of the parts and of where one ends and the next begins */
    public static String of(String... parts) {
        MessageDigest digest = Sha256.digest();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }
}
