package dev.assay.streams;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.streams.features.EmbeddingFeatureSpace;
import dev.assay.streams.features.EmbeddingProjection;
import dev.assay.streams.features.EmbeddingSource;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.VectorFeatureSpace;
import dev.assay.streams.features.embed.Contract;
import dev.assay.streams.features.embed.Embedder;
import dev.assay.streams.features.embed.EmbeddingBatches;
import dev.assay.streams.features.embed.EmbeddingCounts;
import dev.assay.streams.features.embed.EmbeddingServer;
import dev.assay.streams.features.embed.Endpoint;
import dev.assay.streams.features.embed.PatientEmbedder;
import dev.assay.streams.patience.Patience;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * φ is made of the response's text by an embedding server.
 *
 * @param name of the feature space; with a file, that in the file
 * @param dimension size of the server's embeddings, 1 to 4,096, with a file to 16,384
 * @param file of a saved {@link EmbeddingProjection}, relative to the folder of the config file; null: the embeddings are taken
 *     as they come
 * @param position whether the response shown first has a feature of its own
 * @param server that makes the embeddings
 * @param requests how it is asked
 */
@JsonTypeName("embeddings")
public record EmbeddingsConfig(
        String name,
        Integer dimension,
        @Nullable String file,
        boolean position,
        @JsonUnwrapped Server server,
        @JsonUnwrapped Requests requests)
        implements FeaturesConfig {
    private static final Duration LINGER = Duration.ofMillis(2); // a small part of what a server takes

    /** @throws IllegalArgumentException naming key, bound and value */
    public EmbeddingsConfig {
        FeatureKeys.requireName(name);
        if (file == null) {
            FeatureKeys.requireDimension(dimension, VectorFeatureSpace.LARGEST_DIMENSION, "embeddings without a file");
        } else {
            FeatureKeys.requireDimension(dimension, EmbeddingSource.LARGEST_DIMENSION, "embeddings");
            Setting.require(!file.isBlank(), "features.file", "a path or absent", file);
        }
    }

    /**
     * Who makes the embeddings.
     *
     * @param contract what it speaks
     * @param url its http or https address; without a path, the contract's own is added
     * @param model its name for its model, at most 256 characters; must be there for {@code openai}
     * @param apiKey sent as bearer token; a secret, left out of {@link #toString}; best set as ASSAY_FEATURES_API_KEY
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Server(
            Contract contract,
            String url,
            @Nullable String model,
            @Nullable String apiKey) {
        /** @throws IllegalArgumentException naming key, bound and value */
        @SuppressWarnings("NullAway") // Jackson passes null where the key is missing.
        public Server {
            Setting.require(contract != null, "features.contract", "openai or tei for kind embeddings", null);
            // Not the value: a password may stand in it.
            Setting.require(
                    isAddress(url),
                    "features.url",
                    "http or https, host and port, without a password, for kind embeddings",
                    url == null ? null : "something else");
            Setting.require(
                    model == null ? contract == Contract.TEI : !model.isBlank() && model.length() <= 256,
                    "features.model",
                    "1 to 256 characters" + (contract == Contract.TEI ? " or absent" : " for contract openai"),
                    model);
            Setting.require(
                    apiKey == null || apiKey.chars().allMatch(c -> c > 0x20 && c < 0x7f),
                    "features.api-key",
                    "of printable ASCII characters without blanks",
                    "something else");
        }

        private static boolean isAddress(@Nullable String url) {
            try {
                URI uri = url == null ? null : new URI(url);
                return uri != null
                        && uri.getScheme() != null
                        && Set.of("http", "https").contains(uri.getScheme())
                        && uri.getHost() != null
                        && uri.getRawUserInfo() == null
                        && uri.getRawFragment() == null;
            } catch (URISyntaxException e) {
                return false;
            }
        }

        @Override
        public String toString() {
            return "Server[contract=" + contract + ", url=" + url + ", model=" + model + "]";
        }
    }

    /**
     * How the server is asked.
     *
     * @param batch most texts of one request, 1 to 2,048; default 32
     * @param timeout of one request, PT0.1S to PT30S; default PT5S
     * @param retries tries after the first where it may help, 0 to 20; default 4
     */
    public record Requests(Integer batch, Duration timeout, Integer retries) {
        /** @throws IllegalArgumentException naming key, bound and value */
        @SuppressWarnings("NullAway") // Jackson passes null where the key is missing.
        public Requests {
            batch = batch == null ? Integer.valueOf(32) : batch;
            timeout = timeout == null ? Duration.ofSeconds(5) : timeout;
            retries = retries == null ? Integer.valueOf(4) : retries;
            Setting.require(batch >= 1 && batch <= 2048, "features.batch", "1 to 2048", batch);
            Setting.require(
                    timeout.compareTo(Duration.ofMillis(100)) >= 0 && timeout.compareTo(Duration.ofSeconds(30)) <= 0,
                    "features.timeout",
                    "PT0.1S to PT30S",
                    timeout);
            Setting.require(retries >= 0 && retries <= 20, "features.retries", "0 to 20", retries);
        }
    }

    @Override
    public FeatureSpace openWithoutPosition(Path base) {
        EmbeddingProjection projection = null;
        if (file != null) {
            projection = EmbeddingProjection.load(base.resolve(file));
            FeatureKeys.requireSaved(name, projection.id(), file);
            Setting.require(
                    projection.source().equals(source()),
                    "features.contract, model and dimension",
                    "those of the embeddings in " + file + ", " + projection.source(),
                    source());
        }
        EmbeddingCounts counts = new EmbeddingCounts();
        return new EmbeddingFeatureSpace(name, source(), projection, embedder(counts), counts);
    }

    /**
     * The server as this deployment asks it: patiently, and in batches.
     *
     * @param counts what is asked
     */
    public EmbeddingBatches embedder(EmbeddingCounts counts) {
        Embedder asked = new EmbeddingServer(new Endpoint(
                server.contract, URI.create(server.url), server.model, server.apiKey, dimension, requests.timeout));
        Embedder patient = new PatientEmbedder(asked, requests.retries, Patience.system(), counts);
        return new EmbeddingBatches(patient, requests.batch, LINGER, counts);
    }

    /** What decides the embeddings. */
    public EmbeddingSource source() {
        return new EmbeddingSource(server.contract, server.model == null ? "" : server.model, dimension);
    }
}
