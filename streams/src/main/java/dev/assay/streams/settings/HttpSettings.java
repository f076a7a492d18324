package dev.assay.streams.settings;

import dev.assay.estimator.algebra.Require;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens and how much it takes at once. Its keys stand beside those that only the one server has.
 *
 * @param host address to listen on
 * @param port to listen on; 0 to 65,535; 0 picks a free one
 * @param maxBodyBytes of one request; at least 1,024
 * @param inFlightBytes bodies received and not yet answered, over all requests: what is beyond is told to come again; at
 *     least {@code maxBodyBytes}
 * @param tlsKeyStore file with key and certificate, PKCS 12 or JKS, which makes it HTTPS; null: HTTP
 * @param tlsKeyStorePassword of that file
 */
public record HttpSettings(
        String host,
        int port,
        int maxBodyBytes,
        long inFlightBytes,
        @Nullable String tlsKeyStore,
        @Nullable Secret tlsKeyStorePassword) {
    /** Addresses that only this machine reaches. */
    public static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    /** The largest port there is. */
    public static final int LARGEST_PORT = 65_535;

    private static final int SMALLEST_BODY = 1024;

    /** @return plain HTTP there */
    public static HttpSettings plain(String host, int port, int maxBodyBytes, long inFlightBytes) {
        return new HttpSettings(host, port, maxBodyBytes, inFlightBytes, null, null);
    }

    /** @return whether only this machine reaches a server there */
    public boolean onLoopback() {
        return LOOPBACK.contains(host);
    }

    /** @return the same on another port */
    public HttpSettings withPort(int other) {
        return new HttpSettings(host, other, maxBodyBytes, inFlightBytes, tlsKeyStore, tlsKeyStorePassword);
    }

    /**
     * @param section of the config file that these stand in
     * @throws IllegalArgumentException naming key, bound and value
     */
    void require(String section, int largestBody, long mostInFlight) {
        Require.that(!host.isBlank(), "%s.host must be an address to listen on, was '%s'", section, host);
        between(0, port, LARGEST_PORT, section + ".port");
        between(SMALLEST_BODY, maxBodyBytes, largestBody, section + ".max-body-bytes");
        between(maxBodyBytes, inFlightBytes, mostInFlight, section + ".in-flight-bytes");
        Require.that(
                tlsKeyStore == null || tlsKeyStorePassword != null,
                "%s.tls-key-store-password must be given where %s.tls-key-store is",
                section,
                section);
    }

    static void between(long low, long value, long high, String key) {
        Require.that(value >= low && value <= high, "%s must be %s to %s, was %s", key, low, high, value);
    }
}
