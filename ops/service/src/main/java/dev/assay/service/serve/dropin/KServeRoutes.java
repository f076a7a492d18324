package dev.assay.service.serve.dropin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.service.http.Doc;
import dev.assay.service.http.Health;
import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.HttpProblem;
import dev.assay.service.http.Request;
import dev.assay.service.http.Route;
import dev.assay.service.serve.desk.Readiness;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.features.SentResponse;
import dev.assay.streams.json.Shown;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.settings.CallerRole;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The routes of KServe's Open Inference Protocol, version 2, which has errors of its own. */
record KServeRoutes(DropIns dropIns, ScoringDesk desk, Readiness readiness) {
    private static final String JSON_LENGTH = "Inference-Header-Content-Length";

    /** What is wrong. */
    @Doc(name = "KServeError", value = "As KServe's protocol has it.")
    record Failure(
            @Doc("Field, with its place, bound and value.") String error) {
        private static final Route.ErrorForm FORM = new Route.ErrorForm(
                Failure.class,
                problem -> new Failure(String.valueOf(problem.getMessage())),
                "application/json",
                "KServe");
    }

    /** Whether it can answer. */
    @Doc(name = "KServeReady")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ModelReady(
            @Doc("Of the model.") @Nullable String name,

            @Doc("Whether answers can be given.") boolean ready,

            @Doc("Why not.") @Nullable String why) {}

    List<Route> routes() {
        return List.of(infer(), model(), modelReady(), server(), live(), ready());
    }

    private static Route ofModel(Route route) {
        return route.with(new Route.Parameter("path", "m", "Name of the deployment.", Map.of("type", "string")))
                .refuses(404, "Another model than the deployment's.")
                .refusingAs(Failure.FORM);
    }

    private Route infer() {
        return DropIns.withHeaders(ofModel(Route.post("/v2/models/{m}/infer", this::inferred)))
                .by(CallerRole.READ)
                .named("infer", "KServe's inference: vectors or texts")
                .saying("One input, whatever its name.")
                .with(new Route.Parameter(
                        "header",
                        JSON_LENGTH,
                        "Length of the JSON in bytes, where binary data follow.",
                        Map.of("type", "integer", "minimum", 0)))
                .takes(InferRequest.class)
                .takesAnyType()
                .answers(KServe.Inferred.class)
                .refuses(415, "Neither application/json nor application/octet-stream, or compressed.")
                .refuses(503);
    }

    private HttpAnswer inferred(Request request) {
        byte[] body = request.body();
        requireType(request.header("Content-Type"));
        requireServed(request);
        int json = jsonLength(request.header(JSON_LENGTH), body.length);
        InferRequest asked = Request.json(json == body.length ? body : Arrays.copyOf(body, json), InferRequest.class);
        List<SentResponse> responses = asked.responses(body, json);
        return new HttpAnswer(
                200, KServe.inferred(asked, dropIns.rewarding(request).of(InferRequest.DATA, responses)));
    }

    /** Triton's own client names no type at all, and sends binary data after the JSON unless told otherwise. */
    private static void requireType(@Nullable String type) {
        String bare = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!List.of("", "application/json", "application/octet-stream").contains(bare)) {
            throw HttpProblem.of(
                    415, "Content-Type must be application/json or application/octet-stream, was " + Shown.of(bare));
        }
    }

    private static int jsonLength(@Nullable String header, int length) {
        if (header == null) {
            return length;
        }
        OptionalInt json =
                header.matches("[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(header)) : OptionalInt.empty();
        if (json.isEmpty() || json.getAsInt() > length) {
            throw HttpProblem.of(
                    400, JSON_LENGTH + " must be 0 to " + length + ", the bytes of the body, was " + Shown.of(header));
        }
        return json.getAsInt();
    }

    private Route model() {
        return ofModel(Route.get("/v2/models/{m}", request -> {
                    ParameterSnapshot snapshot = desk.model().snapshot();
                    return new HttpAnswer(
                            200, KServe.model(requireServed(request), snapshot.version(), desk.vectorSize()));
                }))
                .by(CallerRole.READ)
                .named("kServeModel", "What the model takes and gives")
                .answers(KServe.Model.class)
                .refuses(503);
    }

    private Route modelReady() {
        return ofModel(Route.get("/v2/models/{m}/ready", request -> readiness(requireServed(request))))
                .named("kServeModelReady", "Whether the model can answer")
                .answers(ModelReady.class)
                .answers(
                        503,
                        "It cannot: why says so; error where there is no snapshot of this feature space.",
                        ModelReady.class,
                        Failure.class);
    }

    private static Route server() {
        return Route.get("/v2", request -> new HttpAnswer(200, KServe.server(version())))
                .named("kServeServer", "What serves")
                .answers(KServe.Server.class)
                .refusingAs(Failure.FORM);
    }

    private static Route live() {
        return Route.get("/v2/health/live", request -> new HttpAnswer(200, new Health.Live(true, null)))
                .named("kServeLive", "Whether the process serves")
                .answers(Health.Live.class)
                .refusingAs(Failure.FORM);
    }

    private Route ready() {
        return Route.get("/v2/health/ready", request -> readiness(null))
                .named("kServeServerReady", "Whether it can answer")
                .answers(ModelReady.class)
                .answers(503, "It cannot; why says so.", ModelReady.class)
                .refusingAs(Failure.FORM);
    }

    private HttpAnswer readiness(@Nullable String model) {
        Optional<String> why = readiness.why();
        return new HttpAnswer(why.isEmpty() ? 200 : 503, new ModelReady(model, why.isEmpty(), why.orElse(null)));
    }

    private String requireServed(Request request) {
        String asked = request.path("m");
        String served = desk.model().snapshot().model();
        if (!asked.equals(served)) {
            throw HttpProblem.of(404, "model must be " + served + ", was " + Shown.of(asked));
        }
        return served;
    }

    private static String version() {
        String version = DropIns.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
