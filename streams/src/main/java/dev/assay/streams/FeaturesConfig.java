package dev.assay.streams;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.streams.features.EmbeddingFeatureSpace;
import dev.assay.streams.features.EmbeddingProjection;
import dev.assay.streams.features.EmbeddingSource;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.PositionFeatureSpace;
import dev.assay.streams.features.TextFeatureSpace;
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
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where φ comes from. Keys that a kind does not use must be absent.
 *
 * @param kind whether clients send vectors, this service makes features from text, or an embedding server does
 * @param name of the feature space; 1 to 64 of the characters A-Z a-z 0-9 . _ -; with a file, that in the file; default
 *     {@code features}
 * @param dimension size of the vectors, 1 to 4,096; of the server's embeddings, to 16,384; null for text, whose file knows
 * @param file of a saved {@link TextFeatureSpace} or {@link EmbeddingProjection}, relative to the folder of the config
 *     file; null for vectors, and for embeddings that are taken as they come
 * @param position whether the response shown first has a feature of its own, see {@link PositionFeatureSpace}; default false
 * @param contract what the embedding server speaks
 * @param url http or https address of the embedding server; without a path, the contract's own is added
 * @param model the server's name for its model, at most 256 characters; must be there for {@code openai}
 * @param apiKey sent as bearer token; a secret, left out of {@link #toString}; best set as ASSAY_FEATURES_API_KEY
 * @param batch most texts of one request, 1 to 2,048; default 32
 * @param timeout of one request, PT0.1S to PT30S; default PT5S
 * @param retries tries after the first where it may help, 0 to 20; default 4
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeaturesConfig(
        Kind kind,
        String name,
        @Nullable Integer dimension,
        @Nullable String file,
        boolean position,
        @Nullable Contract contract,
        @Nullable String url,
        @Nullable String model,
        @Nullable String apiKey,
        @Nullable Integer batch,
        @Nullable Duration timeout,
        @Nullable Integer retries) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Duration LINGER = Duration.ofMillis(2); // a small part of what a server takes

    /** The ways to get φ. */
    public enum Kind {
        /** The client sends vectors. */
        @JsonProperty("vectors")
        VECTORS,
        /** Built-in features of the response text. */
        @JsonProperty("text")
        TEXT,
        /** Embeddings of the response text by a server. */
        @JsonProperty("embeddings")
        EMBEDDINGS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException naming key, bound and value */
    @SuppressWarnings("NullAway") // Jackson passes null where the key is missing.
    public FeaturesConfig {
        Setting.require(kind != null, "features.kind", "vectors, text or embeddings", null);
        Setting.require(
                NAME.matcher(name).matches(), "features.name", "1 to 64 of the characters A-Z a-z 0-9 . _ -", name);
        if (kind == Kind.TEXT) {
            Setting.require(file != null && !file.isBlank(), "features.file", "a path for kind text", file);
            Setting.require(dimension == null, "features.dimension", "absent for kind text", dimension);
        } else {
            int largest = kind == Kind.VECTORS || file == null
                    ? VectorFeatureSpace.LARGEST_DIMENSION
                    : EmbeddingSource.LARGEST_DIMENSION;
            Setting.require(
                    dimension != null && dimension >= 1 && dimension <= largest,
                    "features.dimension",
                    "1 to " + largest + " for kind " + kind
                            + (kind == Kind.EMBEDDINGS && file == null ? " without a file" : ""),
                    dimension);
        }
        if (kind == Kind.VECTORS) {
            Setting.require(file == null, "features.file", "absent for kind vectors", file);
        }
        if (kind == Kind.EMBEDDINGS) {
            Setting.require(file == null || !file.isBlank(), "features.file", "a path or absent", file);
            Setting.require(contract != null, "features.contract", "openai or tei for kind embeddings", null);
            requireAddress(url);
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
        } else {
            String only = "absent for kind " + kind;
            Setting.require(contract == null, "features.contract", only, contract);
            Setting.require(url == null, "features.url", only, url);
            Setting.require(model == null, "features.model", only, model);
            Setting.require(apiKey == null, "features.api-key", only, "set");
            Setting.require(batch == null, "features.batch", only, batch);
            Setting.require(timeout == null, "features.timeout", only, timeout);
            Setting.require(retries == null, "features.retries", only, retries);
        }
    }

    /** Vectors that clients send. */
    public static FeaturesConfig vectors(String name, int dimension) {
        return new FeaturesConfig(Kind.VECTORS, name, dimension, null, false, null, null, null, null, null, null, null);
    }

    /** Built-in features of text. */
    public static FeaturesConfig text(String name, String file) {
        return new FeaturesConfig(Kind.TEXT, name, null, file, false, null, null, null, null, null, null, null);
    }

    /** @return the same with or without a feature for the response shown first */
    public FeaturesConfig withPosition(boolean wanted) {
        return new FeaturesConfig(
                kind, name, dimension, file, wanted, contract, url, model, apiKey, batch, timeout, retries);
    }

    /**
     * @param base the folder of the config file
     * @throws java.io.UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if the file is not usable or holds a space of another name or other embeddings
     */
    public FeatureSpace open(Path base) {
        FeatureSpace space = switch (kind) {
            case VECTORS -> new VectorFeatureSpace(name, Objects.requireNonNull(dimension));
            case TEXT -> TextFeatureSpace.load(base.resolve(String.valueOf(file)));
            case EMBEDDINGS -> embeddings(base);
        };
        if (kind == Kind.TEXT) {
            requireName(space.id());
        }
        return position ? new PositionFeatureSpace(space) : space;
    }

    /**
     * The server as this deployment asks it: patiently, and in batches.
     *
     * @param counts what is asked
     * @throws IllegalStateException if the kind is another
     */
    public EmbeddingBatches embedder(EmbeddingCounts counts) {
        if (kind != Kind.EMBEDDINGS || contract == null || dimension == null || batch == null) {
            throw new IllegalStateException("no embedding server for kind " + kind);
        }
        Embedder server = new EmbeddingServer(new Endpoint(
                contract, URI.create(String.valueOf(url)), model, apiKey, dimension, Objects.requireNonNull(timeout)));
        Embedder patient = new PatientEmbedder(server, Objects.requireNonNull(retries), Patience.system(), counts);
        return new EmbeddingBatches(patient, batch, LINGER, counts);
    }

    /**
     * What decides the embeddings.
     *
     * @throws IllegalStateException if the kind is another
     */
    public EmbeddingSource source() {
        if (contract == null || dimension == null) {
            throw new IllegalStateException("no embedding server for kind " + kind);
        }
        return new EmbeddingSource(contract, model == null ? "" : model, dimension);
    }

    private FeatureSpace embeddings(Path base) {
        EmbeddingProjection projection = file == null ? null : EmbeddingProjection.load(base.resolve(file));
        if (projection != null) {
            requireName(projection.id());
            Setting.require(
                    projection.source().equals(source()),
                    "features.contract, model and dimension",
                    "those of the embeddings in " + file + ", " + projection.source(),
                    source());
        }
        EmbeddingCounts counts = new EmbeddingCounts();
        return new EmbeddingFeatureSpace(name, source(), projection, embedder(counts), counts);
    }

    private void requireName(String id) {
        Setting.require(id.startsWith(name + ":"), "features.name", "that of the space in " + file + ", " + id, name);
    }

    private static void requireAddress(@Nullable String url) {
        boolean usable = false;
        if (url != null) {
            try {
                URI uri = new URI(url);
                usable = uri.getScheme() != null
                        && Set.of("http", "https").contains(uri.getScheme())
                        && uri.getHost() != null
                        && uri.getRawUserInfo() == null
                        && uri.getRawFragment() == null;
            } catch (URISyntaxException e) {
                usable = false;
            }
        }
        // Not the value: a password may stand in it.
        Setting.require(
                usable,
                "features.url",
                "http or https, host and port, without a password, for kind embeddings",
                url == null ? null : "something else");
    }

    @Override
    public String toString() {
        return "FeaturesConfig[kind=" + kind + ", name=" + name + ", dimension=" + dimension + ", file=" + file
                + ", position=" + position + ", contract=" + contract + ", url=" + url + ", model=" + model
                + ", batch=" + batch + ", timeout=" + timeout + ", retries=" + retries + "]";
    }
}
