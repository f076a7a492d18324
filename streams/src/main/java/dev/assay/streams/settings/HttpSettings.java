package dev.assay.streams.settings;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a server listens and how much it takes at once. */
public interface HttpSettings {
    /** Addresses that only this machine reaches. */
    Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    /** @return whether only this machine reaches a server there */
    static boolean isLoopback(String host) {
        return LOOPBACK.contains(host);
    }

    /** @return address to listen on */
    String host();

    /** @return port to listen on; 0 picks a free one */
    int port();

    /** @return largest body, in bytes */
    int maxBodyBytes();

    /** @return bytes of bodies under way, over all requests */
    long inFlightBytes();

    /** @return file with key and certificate; null: HTTP */
    @Nullable
    String tlsKeyStore();

    /** @return password of that file */
    @Nullable
    Secret tlsKeyStorePassword();
}
