package dev.assay.streams.features.embed;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An embedding server and what is asked of it.
 *
 * @param contract its wire format
 * @param server its address
 * @param model the name it knows its model by; null where it has one only
 * @param apiKey sent as bearer token; null: none; never shown
 * @param dimension numbers of an embedding
 * @param timeout of one exchange, from connecting to the last byte
 */
public record Endpoint(
        Contract contract,
        URI server,
        @Nullable String model,
        @Nullable String apiKey,
        int dimension,
        Duration timeout) {
    /** @return the address asked */
    URI address() {
        return contract.endpoint(server);
    }

    /** @return the address for a message: a query may hold a secret */
    String shown() {
        URI address = address();
        return address.getScheme() + "://" + address.getAuthority() + address.getPath();
    }

    @Override
    public String toString() {
        return "Endpoint[contract=" + contract + ", server=" + shown() + ", model=" + model + ", dimension=" + dimension
                + ", timeout=" + timeout + "]";
    }
}
