package dev.assay.service.serve.dropin;

import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.Candidate;
import dev.assay.service.http.Answer;
import dev.assay.service.http.Bodies;
import dev.assay.service.http.Problem;
import dev.assay.service.serve.desk.Readiness;
import dev.assay.service.serve.desk.RequestBody;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.features.SentResponse;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.ScoreRequest.Centre;
import dev.assay.streams.model.ScoreRequest.CovarianceChoice;
import dev.assay.streams.score.Scoring;
import dev.assay.streams.score.ScoringOptions;
import dev.assay.streams.settings.ServeSettings.RewardKind;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The drop-in contracts over HTTP. */
public final class DropIns {
    /** Rewards must mean the same from request to request, so they are counted from the feature space's origin. */
    private static final ScoringOptions OPTIONS =
            new ScoringOptions(null, null, CovarianceChoice.AUTOMATIC, Centre.FEATURE_SPACE);

    private static final String VERSION = "Assay-Parameter-Version";
    private static final String FEATURE_SPACE = "Assay-Feature-Space";
    private static final String JSON_LENGTH = "Inference-Header-Content-Length";

    private final ScoringDesk desk;
    private final ToDoubleFunction<Interval> choice;
    private final Readiness readiness;
    private final Bodies bodies;
    private final Consumer<Context> requireReader;

    /**
     * @param desk answers from the newest snapshot
     * @param kind what is called the reward
     * @param readiness as of the server
     * @param bodies as of the server
     * @param requireReader refuses who may not read
     */
    public DropIns(
            ScoringDesk desk, RewardKind kind, Readiness readiness, Bodies bodies, Consumer<Context> requireReader) {
        this.desk = desk;
        this.choice = kind == RewardKind.LOWER ? Interval::lower : Interval::estimate;
        this.readiness = readiness;
        this.bodies = bodies;
        this.requireReader = requireReader;
    }

    /** Adds the routes to a server. */
    public void addTo(JavalinConfig config) {
        for (DropInEndpoint endpoint : DropInEndpoint.values()) {
            Handler handler = handler(endpoint);
            config.routes.addHttpHandler(
                    HandlerType.findOrCreate(endpoint.method()),
                    endpoint.path(),
                    endpoint.kServe() ? withKServeErrors(handler) : handler);
        }
    }

    private Handler handler(DropInEndpoint endpoint) {
        return switch (endpoint) {
            case GET_REWARD ->
                post((body, rewards) -> OpenRlhf.answer(RequestBody.plainly(body, OpenRlhf.Body.class), rewards));
            case RERANK_V1, RERANK ->
                post((body, rewards) -> Rerank.answer(RequestBody.plainly(body, Rerank.Body.class), id(body), rewards));
            case CLASSIFY ->
                post((body, rewards) ->
                        Classify.answer(RequestBody.plainly(body, Classify.Body.class), id(body), rewards));
            case INFER -> this::infer;
            case MODEL -> this::model;
            case MODEL_READY -> ctx -> ready(ctx, requireServed(ctx));
            case SERVER -> ctx -> new Answer(200, KServe.server(version())).write(ctx);
            case SERVER_LIVE -> ctx -> new Answer(200, Map.of("live", true)).write(ctx);
            case SERVER_READY -> ctx -> ready(ctx, null);
        };
    }

    private Handler post(BiFunction<byte[], Rewarding, Object> route) {
        return ctx -> {
            requireReader.accept(ctx);
            bodies.answerAtOnce(ctx, body -> new Answer(200, route.apply(body, rewarding(ctx))));
        };
    }

    /** Most of these contracts have no place in the body for what the numbers come from; the headers have. */
    private Rewarding rewarding(Context ctx) {
        return (field, responses) -> {
            Rewards rewards = rewards(field, responses);
            ctx.header(VERSION, Long.toString(rewards.version()));
            ctx.header(FEATURE_SPACE, rewards.featureSpace());
            return rewards;
        };
    }

    /** The same request has the same id: nobody here draws one. */
    private static String id(byte[] body) {
        return UUID.nameUUIDFromBytes(body).toString().replace("-", "");
    }

    private Rewards rewards(String field, List<SentResponse> responses) {
        desk.requireCount(field, responses.size());
        Scoring scoring = desk.scoring(OPTIONS);
        ParameterSnapshot snapshot = scoring.snapshot();
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("parameter_version", snapshot.version());
        origin.put("feature_space", snapshot.spaces().featureSpace());
        origin.put("covariance", scoring.covarianceChoice().name().toLowerCase(Locale.ROOT));
        origin.put("quantile", scoring.quantile());
        return new Rewards(
                snapshot.model(),
                snapshot.version(),
                snapshot.spaces().featureSpace(),
                origin,
                scoring.candidates(desk.featuresOf(i -> field + "[" + i + "]", responses, null)).stream()
                        .map(Candidate::reward)
                        .toList(),
                choice);
    }

    private void infer(Context ctx) {
        requireReader.accept(ctx);
        requireType(ctx.contentType());
        bodies.answerAtOnceOfAnyType(ctx, body -> {
            requireServed(ctx);
            int json = jsonLength(ctx.header(JSON_LENGTH), body.length);
            InferRequest request =
                    RequestBody.plainly(json == body.length ? body : Arrays.copyOf(body, json), InferRequest.class);
            List<SentResponse> responses = request.responses(body, json);
            return new Answer(200, KServe.inferred(request, rewarding(ctx).of(InferRequest.DATA, responses)));
        });
    }

    /** Triton's own client names no type at all, and sends binary data after the JSON unless told otherwise. */
    private static void requireType(@Nullable String type) {
        String bare = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!List.of("", "application/json", "application/octet-stream").contains(bare)) {
            throw Problem.of(
                    415, "Content-Type must be application/json or application/octet-stream, was " + Texts.shown(bare));
        }
    }

    private static int jsonLength(@Nullable String header, int length) {
        if (header == null) {
            return length;
        }
        OptionalInt json =
                header.matches("[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(header)) : OptionalInt.empty();
        if (json.isEmpty() || json.getAsInt() > length) {
            throw Problem.of(
                    400,
                    JSON_LENGTH + " must be 0 to " + length + ", the bytes of the body, was " + Texts.shown(header));
        }
        return json.getAsInt();
    }

    private void model(Context ctx) {
        requireReader.accept(ctx);
        ParameterSnapshot snapshot = desk.model().snapshot();
        new Answer(200, KServe.model(requireServed(ctx), snapshot.version(), desk.vectorSize())).write(ctx);
    }

    private void ready(Context ctx, @Nullable String model) {
        Optional<String> why = readiness.why();
        Map<String, Object> answer = new LinkedHashMap<>();
        if (model != null) {
            answer.put("name", model);
        }
        answer.put("ready", why.isEmpty());
        why.ifPresent(reason -> answer.put("why", reason));
        new Answer(why.isEmpty() ? 200 : 503, answer).write(ctx);
    }

    private String requireServed(Context ctx) {
        String asked = ctx.pathParam("m");
        String served = desk.model().snapshot().model();
        if (!asked.equals(served)) {
            throw Problem.of(404, "model must be " + served + ", was " + Texts.shown(asked));
        }
        return served;
    }

    private static String version() {
        String version = DropIns.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    private static Handler withKServeErrors(Handler handler) {
        return ctx -> {
            try {
                handler.handle(ctx);
            } catch (Problem problem) {
                problem.retryAfterSeconds().ifPresent(seconds -> ctx.header("Retry-After", Integer.toString(seconds)));
                new Answer(problem.status(), error(problem)).write(ctx);
            } catch (IllegalArgumentException e) {
                new Answer(400, error(e)).write(ctx);
            }
        };
    }

    private static Map<String, Object> error(RuntimeException e) {
        return Map.of("error", String.valueOf(e.getMessage()));
    }
}
