package dev.assay.service.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.service.serve.WrittenOutModel.Certainty;
import dev.assay.streams.features.VectorFeatureSpace;
import dev.assay.streams.settings.ServeSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every number of an answer over HTTP beside the same written out in {@link WrittenOutModel}: random snapshots of all kinds, random
 * requests. 1e-10 is what inverses of condition 1e4 leave, with room.
 */
class IndependentScoresTest {
    private static final double TOLERANCE = 1e-10;
    private static final int[] DIMENSIONS = {1, 2, 3, 4, 7, 8, 12, 16, 24, 33};
    private static final int MOST_CANDIDATES = 40;
    private static final int SNAPSHOTS = 12; // two of each kind
    private static final int REQUESTS = 5; // of each snapshot
    private static final String[] COVARIANCES = {"auto", "model", "clustered"};
    private static final String[] KINDS = {"regular", "expert", "novice", "adversarial"};
    private static final double DEFAULT_LEVEL = 0.95;

    private final ObjectMapper json = new ObjectMapper();

    /** 17 seeds of 60 requests each: 1,020. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17})
    void scoresBoundsAndChoicesAreThoseWrittenOut(long seed) throws Exception {
        Set<String> kinds = new HashSet<>();
        everyRequest(seed, (random, world) -> {
            boolean choose = random.nextBoolean();
            ObjectNode asked = options(random);
            String policy = choose ? policy(random, asked) : "";
            List<double[]> phi =
                    responses(random, world.dimension(), asked.putArray(choose ? "candidates" : "responses"));
            ServedScorer.Reply reply = world.scorer.post(choose ? "/v1/best-of-n" : "/v1/score", asked.toString());

            Optional<Certainty> certainty = world.certainty(asked);
            if (certainty.isEmpty()) {
                assertThat(reply.status()).isEqualTo(503);
                return;
            }
            kinds.add(certainty.get().kind());
            Numbers numbers = numbers(asked, certainty.get(), reply);
            String center = asked.path("center").asText(choose ? "candidates" : "feature-space");
            assertThat(reply.json().path("center").asText()).isEqualTo(center);
            List<double[]> counted = center.equals("candidates") ? centred(phi) : phi;
            JsonNode scored = reply.json().path(choose ? "candidates" : "responses");
            assertThat(scored).hasSize(phi.size());
            for (int i = 0; i < phi.size(); i++) {
                assertThat(scored.path(i).path("index").asInt()).isEqualTo(i);
                close(
                        scored.path(i),
                        numbers.interval(world.model.reward(counted.get(i)), counted.get(i), 0),
                        "reward");
            }
            if (choose) {
                choices(policy, world, numbers, counted, reply.json());
            }
        });
        assertThat(kinds).containsExactlyInAnyOrder("model", "robust", "clustered");
    }

    /** (19), (20) and the margin over whoever would be chosen instead. */
    private static void choices(String policy, World world, Numbers numbers, List<double[]> counted, JsonNode answer) {
        List<double[]> bounds = new ArrayList<>();
        for (double[] phi : counted) {
            bounds.add(numbers.interval(world.model.reward(phi), phi, 0));
        }
        int best = highest(bounds, false, -1);
        int pessimistic = highest(bounds, true, -1);
        assertThat(answer.path("best").asInt()).isEqualTo(best);
        assertThat(answer.path("pessimistic").asInt()).isEqualTo(pessimistic);
        int chosen = policy.equals("plain") ? best : pessimistic;
        assertThat(answer.path("chosen").asInt()).isEqualTo(chosen);
        if (counted.size() == 1) {
            assertThat(answer.path("margin").isNull()).isTrue();
            return;
        }
        int second = highest(bounds, !policy.equals("plain"), chosen);
        assertThat(answer.at("/margin/runner_up").asInt()).isEqualTo(second);
        double[] z = WrittenOutModel.minus(counted.get(chosen), counted.get(second));
        close(answer.path("margin"), numbers.interval(world.model.reward(z), z, 0), "estimate");
    }

    /** Highest bound or mean; ties by the higher mean, then the lower index. */
    private static int highest(List<double[]> intervals, boolean byBound, int except) {
        int at = -1;
        for (int i = 0; i < intervals.size(); i++) {
            if (i == except) {
                continue;
            }
            double[] one = intervals.get(i);
            double[] highest = at < 0 ? one : intervals.get(at);
            boolean apart = byBound && one[2] != highest[2];
            boolean higher = apart ? one[2] > highest[2] : one[0] > highest[0];
            at = at < 0 || higher ? i : at;
        }
        return at;
    }

    /** 5 seeds of 60. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {101, 102, 103, 104, 105})
    void rationalitiesAreThoseWrittenOut(long seed) throws Exception {
        everyRequest(seed, (random, world) -> {
            ObjectNode asked = options(random);
            ArrayNode contexts = asked.putArray("contexts");
            List<double[]> psi = new ArrayList<>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                psi.add(context(random, contexts.addObject()));
            }
            ServedScorer.Reply reply = world.scorer.post("/v1/rationality", asked.toString());

            Optional<Certainty> certainty = world.certainty(asked);
            if (certainty.isEmpty()) {
                assertThat(reply.status()).isEqualTo(503);
                return;
            }
            Numbers numbers = numbers(asked, certainty.get(), reply);
            assertThat(reply.json().path("contexts")).hasSize(psi.size());
            for (int i = 0; i < psi.size(); i++) {
                double rationality = world.model.rationality(1, psi.get(i));
                close(
                        reply.json().path("contexts").path(i),
                        numbers.interval(rationality, psi.get(i), world.dimension()),
                        "rationality");
            }
        });
    }

    /** 5 seeds of 60. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {201, 202, 203, 204, 205})
    void comparisonsAreThoseWrittenOut(long seed) throws Exception {
        everyRequest(seed, (random, world) -> {
            ObjectNode asked = options(random);
            double[] z = WrittenOutModel.minus(
                    response(random, world.dimension(), asked.putObject("first")),
                    response(random, world.dimension(), asked.putObject("second")));
            double[] psi = random.nextBoolean() ? context(random, asked.putObject("context")) : new double[0];
            ServedScorer.Reply reply = world.scorer.post("/v1/compare", asked.toString());

            Optional<Certainty> certainty = world.certainty(asked);
            if (certainty.isEmpty()) {
                assertThat(reply.status()).isEqualTo(503);
                return;
            }
            Numbers numbers = numbers(asked, certainty.get(), reply);
            double[] difference = numbers.interval(world.model.reward(z), z, 0);
            close(reply.json().path("difference"), difference, "estimate");
            double statistic = difference[0] / difference[1];
            close(reply.json().path("z"), statistic, "z");
            double pValue = certainty.get().twoSided(statistic);
            assertThat(reply.json().path("p_value").asDouble()).isBetween(pValue * (1 - 1e-8), pValue * (1 + 1e-8));
            close(reply.json().path("p_value"), pValue, "p_value");
            double[] margin = difference;
            if (asked.has("context")) {
                double rationality = world.model.rationality(1, psi);
                close(
                        reply.json().path("rationality"),
                        numbers.interval(rationality, psi, world.dimension()),
                        "estimate");
                margin = numbers.interval(rationality * difference[0], world.model.marginGradient(1, psi, z), 0);
                close(reply.json().path("margin"), margin, "estimate");
            }
            JsonNode probability = reply.json().path("probability_first");
            close(probability.path("estimate"), WrittenOutModel.probability(margin[0]), "probability");
            close(probability.path("lower"), WrittenOutModel.probability(margin[2]), "its lower bound");
            close(probability.path("upper"), WrittenOutModel.probability(margin[3]), "its upper bound");
        });
    }

    /** 5 seeds of 60. Greedy by determinants: what ln det J has gained with each option added in turn; a pair once. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {301, 302, 303, 304, 305})
    void suggestionsAreThoseOfDeterminants(long seed) throws Exception {
        everyRequest(seed, (random, world) -> {
            ObjectNode asked = json.createObjectNode();
            ArrayNode pairs = asked.putArray("pairs");
            List<double[]> differences = new ArrayList<>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                ObjectNode pair = pairs.addObject();
                differences.add(WrittenOutModel.minus(
                        response(random, world.dimension(), pair.putObject("first")),
                        response(random, world.dimension(), pair.putObject("second"))));
            }
            ArrayNode annotators = asked.putArray("annotators");
            List<double[]> contexts = new ArrayList<>();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                ObjectNode annotator = annotators.addObject().put("id", "a" + contexts.size());
                contexts.add(context(random, annotator.putObject("context")));
            }
            int count = random.nextInt(1, 5);
            asked.put("count", count);
            ServedScorer.Reply reply = world.scorer.post("/v1/suggest", asked.toString());

            assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
            JsonNode suggested = reply.json().path("suggestions");
            assertThat(suggested).hasSize(Math.min(count, differences.size()));
            RealMatrix start = world.model.information;
            RealMatrix information = start;
            Set<Integer> taken = new HashSet<>();
            for (JsonNode suggestion : suggested) {
                double most = Double.NEGATIVE_INFINITY;
                for (int option = 0; option < differences.size() * contexts.size(); option++) {
                    if (!taken.contains(option / contexts.size())) {
                        double[] z = differences.get(option / contexts.size());
                        most = Math.max(
                                most, gain(world.model, information, z, contexts.get(option % contexts.size())));
                    }
                }
                int pair = suggestion.path("pair").asInt();
                int annotator =
                        Integer.parseInt(suggestion.path("annotator").asText().substring(1));
                double[] z = differences.get(pair);
                double[] psi = contexts.get(annotator);
                // Determinants know a gain to 1e-10; of two that are nearer, as where nobody would err, either is the
                // best.
                assertThat(taken.add(pair)).isTrue();
                assertThat(gain(world.model, information, z, psi)).isGreaterThan(most - 1e-10);
                double margin = world.model.rationality(1, psi) * world.model.reward(z);
                close(suggestion.path("probability_first"), WrittenOutModel.probability(margin), "probability");
                close(suggestion.path("gain"), most, "gain");
                close(suggestion.path("gain_alone"), gain(world.model, start, z, psi), "gain alone");
                information = with(world.model, information, z, psi);
            }
            close(
                    reply.json().path("total_gain"),
                    WrittenOutModel.logDeterminant(information) - WrittenOutModel.logDeterminant(start),
                    "total gain");
        });
    }

    private static double gain(WrittenOutModel model, RealMatrix information, double[] z, double[] psi) {
        return WrittenOutModel.logDeterminant(with(model, information, z, psi))
                - WrittenOutModel.logDeterminant(information);
    }

    /** J and one judgment more: (5). */
    private static RealMatrix with(WrittenOutModel model, RealMatrix information, double[] z, double[] psi) {
        double probability = WrittenOutModel.probability(model.rationality(1, psi) * model.reward(z));
        double[] v = model.marginGradient(1, psi, z);
        RealMatrix sum = information.copy();
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                sum.addToEntry(i, j, probability * (1 - probability) * v[i] * v[j]);
            }
        }
        return sum;
    }

    /** A scorer, and what it answers from, written out. */
    private record World(ServedScorer scorer, WrittenOutModel model) {
        int dimension() {
            return model.d;
        }

        Optional<Certainty> certainty(JsonNode asked) {
            return model.certainty(asked.path("covariance").asText("auto"));
        }
    }

    private interface Trial {
        void run(SplittableRandom random, World world) throws Exception;
    }

    private static void everyRequest(long seed, Trial trial) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        VectorFeatureSpace space = new VectorFeatureSpace("space", DIMENSIONS[(int) (seed % DIMENSIONS.length)]);
        RandomSnapshots snapshots = new RandomSnapshots(random, space);
        try (ServedScorer scorer = new ServedScorer(ServeSettings.DEFAULTS, space)) {
            for (int i = 0; i < SNAPSHOTS; i++) {
                var snapshot = snapshots.next();
                scorer.newest.offer(snapshot);
                World world = new World(scorer, new WrittenOutModel(snapshot));
                for (int request = 0; request < REQUESTS; request++) {
                    trial.run(random, world);
                }
            }
        }
    }

    /** How an answer's intervals are made. */
    private record Numbers(Certainty certainty, double quantile) {
        /** Estimate, standard error, lower, upper of an estimate that moves by x with the parameters from {@code from} on. */
        double[] interval(double estimate, double[] x, int from) {
            double error = certainty.standardError(x, from);
            return new double[] {estimate, error, estimate - quantile * error, estimate + quantile * error};
        }
    }

    private static Numbers numbers(JsonNode asked, Certainty certainty, ServedScorer.Reply reply) {
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
        assertThat(reply.json().path("covariance").asText()).isEqualTo(certainty.name());
        double quantile = asked.has("quantile")
                ? asked.path("quantile").asDouble()
                : certainty.quantile(asked.path("level").asDouble(DEFAULT_LEVEL));
        close(reply.json().path("quantile"), quantile, "quantile");
        assertThat(reply.json().path("level").isNull()).isEqualTo(asked.has("quantile"));
        return new Numbers(certainty, quantile);
    }

    private static void close(JsonNode answered, double[] interval, String estimate) {
        close(answered.path(estimate), interval[0], estimate);
        close(answered.path("standard_error"), interval[1], "standard error");
        close(answered.path("lower"), interval[2], "lower");
        close(answered.path("upper"), interval[3], "upper");
    }

    private static void close(JsonNode answered, double expected, String what) {
        assertThat(answered.isNumber()).as(what).isTrue();
        assertThat(Math.abs(answered.asDouble() - expected) / Math.max(1, Math.abs(expected)))
                .as("%s was %s, written out %s", what, answered, expected)
                .isLessThanOrEqualTo(TOLERANCE);
    }

    private ObjectNode options(SplittableRandom random) {
        ObjectNode options = json.createObjectNode();
        switch (random.nextInt(3)) {
            case 0 -> options.put("level", 1 - Math.exp(random.nextDouble(-9, -0.1)));
            case 1 -> options.put("quantile", random.nextDouble(4));
            default -> {}
        }
        if (random.nextInt(4) > 0) {
            options.put("covariance", COVARIANCES[random.nextInt(COVARIANCES.length)]);
        }
        if (random.nextInt(3) > 0) {
            options.put("center", random.nextBoolean() ? "candidates" : "feature-space");
        }
        return options;
    }

    private static String policy(SplittableRandom random, ObjectNode asked) {
        if (random.nextInt(3) == 0) {
            return "pessimistic"; // by default
        }
        String policy = random.nextBoolean() ? "pessimistic" : "plain";
        asked.put("policy", policy);
        return policy;
    }

    /** Up to 40, often far from the origin, some of them repeated. */
    private static List<double[]> responses(SplittableRandom random, int dimension, ArrayNode into) {
        List<double[]> phi = new ArrayList<>();
        int count = random.nextInt(1, MOST_CANDIDATES);
        for (int i = 0; i < count; i++) {
            if (i > 0 && random.nextInt(8) == 0) {
                int twin = random.nextInt(i);
                into.add(into.get(twin).deepCopy());
                phi.add(phi.get(twin));
            } else {
                phi.add(response(random, dimension, into.addObject()));
            }
        }
        return phi;
    }

    /** @return φ as the scorer is to take it, in float32, whatever the digits of the request */
    private static double[] response(SplittableRandom random, int dimension, ObjectNode into) {
        double scale = Math.exp(random.nextDouble(-3, 2));
        double shift = random.nextInt(3) == 0 ? random.nextDouble(-5, 5) : 0;
        double[] phi = new double[dimension];
        ByteBuffer bytes = ByteBuffer.allocate(dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        ArrayNode numbers = into.arrayNode();
        for (int j = 0; j < dimension; j++) {
            double number = shift + scale * random.nextGaussian();
            numbers.add(number);
            bytes.putFloat((float) number);
            phi[j] = (float) number;
        }
        if (random.nextInt(4) == 0) {
            into.put("features", Base64.getEncoder().encodeToString(bytes.array()));
        } else {
            into.set("features", numbers);
        }
        return phi;
    }

    private static List<double[]> centred(List<double[]> phi) {
        double[] mean = new double[phi.get(0).length];
        for (double[] one : phi) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += one[j] / phi.size();
            }
        }
        return phi.stream().map(one -> WrittenOutModel.minus(one, mean)).toList();
    }

    /** @return ψ of the small deployment: three indicators and a number, in float32 */
    private static double[] context(SplittableRandom random, ObjectNode into) {
        double[] psi = new double[4];
        int kind = random.nextInt(KINDS.length);
        into.put("kind", KINDS[kind]);
        if (kind > 0) {
            psi[kind - 1] = 1;
        }
        if (random.nextInt(4) > 0) {
            double fatigue = random.nextGaussian();
            into.put("fatigue", fatigue);
            psi[3] = (float) fatigue;
        }
        return psi;
    }
}
