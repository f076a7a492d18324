package dev.assay.cli.fit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.service.topics.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What to ask of an estimate, as a JSON file has it. Other keys of the file are ignored, all of these but the test point
 * must be there.
 *
 * @param level           of the two-sided intervals, above 0 and at most 1 - 1e-12
 * @param actions         response features φ, each of size d
 * @param differencePairs two indices into the actions, from 0: the first minus the second
 * @param offsets         ψ₀ of each context
 * @param contexts        ψ of each context, size k
 * @param selectionSets   sets of response features to select one from
 * @param testPoint       parameters, θ then γ, size p; may be absent
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Queries(
        @JsonProperty(value = "level", required = true) double level,
        @JsonProperty(value = "actions", required = true) List<List<Double>> actions,

        @JsonProperty(value = "difference_pairs", required = true)
        List<List<Integer>> differencePairs,

        @JsonProperty(value = "contexts_psi0", required = true)
        List<Double> offsets,

        @JsonProperty(value = "contexts_psi", required = true)
        List<List<Double>> contexts,

        @JsonProperty(value = "selection_sets", required = true)
        List<List<List<Double>>> selectionSets,

        @JsonProperty("test_point") @Nullable List<Double> testPoint) {

    private static final double LARGEST = 1e37; // a difference of two then is a Comparison's
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    /**
     * @param d reward dimension
     * @param k rationality dimension
     * @throws InvalidInputException naming the entry, what it must be and what it is
     */
    static Queries read(Path path, int d, int k) throws IOException {
        if (!Files.exists(path)) {
            throw new InvalidInputException(path + ": no such file");
        }
        if (Files.isDirectory(path) || !Files.isReadable(path)) {
            throw new InvalidInputException(path + ": must be a file this user may read");
        }
        Queries queries;
        try {
            queries = MAPPER.readValue(Files.readAllBytes(path), Queries.class);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(path + place(e.getLocation()) + ": " + e.getOriginalMessage());
        }
        if (queries == null) {
            throw new InvalidInputException(path + ": must be a JSON object, is null");
        }
        new Checks(path.toString(), d, k).check(queries);
        return queries;
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** Margins that can be asked for: context i with difference pair i. */
    int margins() {
        return Math.min(contexts.size(), differencePairs.size());
    }

    private record Checks(String file, int d, int k) {
        void check(Queries queries) {
            require(Levels.isUsable(queries.level), "level %s, was %s", Levels.BOUND, queries.level);
            vectors("actions", queries.actions, d);
            list("difference_pairs", queries.differencePairs);
            for (int i = 0; i < queries.differencePairs.size(); i++) {
                pair(i, queries.differencePairs.get(i), queries.actions.size());
            }
            vectors("contexts_psi", queries.contexts, k);
            vector("contexts_psi0", queries.offsets, queries.contexts.size());
            list("selection_sets", queries.selectionSets);
            for (int i = 0; i < queries.selectionSets.size(); i++) {
                String name = "selection_sets[" + i + "]";
                vectors(name, queries.selectionSets.get(i), d);
                require(!queries.selectionSets.get(i).isEmpty(), "%s must have at least one entry, has 0", name);
            }
            if (queries.testPoint != null) {
                vector("test_point", queries.testPoint, d + k);
            }
        }

        private void vectors(String name, @Nullable List<List<Double>> vectors, int size) {
            list(name, vectors);
            for (int i = 0; vectors != null && i < vectors.size(); i++) {
                vector(name + "[" + i + "]", vectors.get(i), size);
            }
        }

        private void vector(String name, @Nullable List<Double> vector, int size) {
            list(name, vector);
            int actual = vector == null ? 0 : vector.size();
            require(actual == size, "%s must have %s numbers, has %s", name, size, actual);
            for (int i = 0; vector != null && i < size; i++) {
                Double value = vector.get(i);
                require(
                        value != null && Math.abs(value) <= LARGEST,
                        "%s[%s] must be a number between -1e37 and 1e37, was %s",
                        name,
                        i,
                        value);
            }
        }

        private void pair(int index, @Nullable List<Integer> pair, int actions) {
            String name = "difference_pairs[" + index + "]";
            list(name, pair);
            require(pair != null && pair.size() == 2, "%s must have 2 indices, is %s", name, pair);
            for (int side = 0; pair != null && side < 2; side++) {
                Integer action = pair.get(side);
                require(
                        action != null && action >= 0 && action < actions,
                        "%s[%s] must be the index of one of %s actions, was %s",
                        name,
                        side,
                        actions,
                        action);
            }
        }

        private void list(String name, @Nullable List<?> list) {
            require(list != null, "%s must be a list, is null", name);
        }

        private void require(boolean condition, String format, @Nullable Object... args) {
            if (!condition) {
                throw new InvalidInputException(file + ": " + String.format(Locale.ROOT, format, args));
            }
        }
    }
}
