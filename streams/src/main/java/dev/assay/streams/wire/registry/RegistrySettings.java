package dev.assay.streams.wire.registry;

import dev.assay.estimator.algebra.Require;
import dev.assay.schemas.Topics;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.patience.Patience;
import dev.assay.streams.settings.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where schemas are registered.
 *
 * @param url of a registry's API, http or https, up to and with the part before {@code /subjects}; null, the default: none,
 *     records are Avro single objects
 * @param user for basic authentication; null, the default: none
 * @param password of the user; a secret, best set as ASSAY_REGISTRY_PASSWORD
 * @param timeout of one request; 0.1 s to 30 s; default 5 s
 * @param write whether records are written with ids of the registry; false: only read, for the time until every reader of a
 *     running deployment can; default true
 */
public record RegistrySettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable Secret password,
        Duration timeout,
        boolean write) {
    /** The defaults; ServiceConfigTest pins them. */
    public static final RegistrySettings DEFAULTS = new RegistrySettings(null, null, null, Duration.ofSeconds(5), true);

    /** @throws IllegalArgumentException naming key, bound and value */
    public RegistrySettings {
        if (url != null) {
            requireAddress(url);
        }
        Require.that(
                user == null || (url != null && !user.isEmpty() && !user.contains(":")),
                "registry.user must be absent, or a name without : where there is a registry.url, was '%s'",
                user);
        Require.that(
                (user == null) == (password == null),
                "registry.password must be %s, was %s",
                user == null ? "absent where there is no registry.user" : "there where there is a registry.user",
                password == null ? "missing" : "set");
        Require.that(
                timeout.compareTo(Duration.ofMillis(100)) >= 0 && timeout.compareTo(Duration.ofSeconds(30)) <= 0,
                "registry.timeout must be PT0.1S to PT30S, was %s",
                timeout);
    }

    private static void requireAddress(String url) {
        URI address = null;
        try {
            address = new URI(url);
        } catch (URISyntaxException e) {
            // Refused below.
        }
        Require.that(
                address != null
                        && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                        && address.getHost() != null
                        && address.getUserInfo() == null
                        && address.getQuery() == null
                        && address.getFragment() == null,
                "registry.url must be an http or https address without user, query and fragment, was '%s'",
                address == null || address.getUserInfo() == null ? url : "(one with a user)");
    }

    /** @return the format of the records on these topics; asks nobody yet */
    public WireFormat wireFormat(Topics topics) {
        return wireFormat(topics, Patience.system());
    }

    WireFormat wireFormat(Topics topics, Patience patience) {
        return url == null
                ? WireFormat.SINGLE_OBJECT
                : new RegistryFormat(topics.subjects(), new SchemaRegistry(this, patience), patience, write);
    }
}
