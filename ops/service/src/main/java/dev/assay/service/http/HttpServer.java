package dev.assay.service.http;

import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.HttpSettings;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Serves routes, the same way for every role: who may ask, how much at once, how long it took, what is wrong, and the end. */
public final class HttpServer implements AutoCloseable {
    private static final byte[] NO_BODY = {};

    private final Javalin server;
    private final List<Route> routes;
    private final HttpSettings settings;
    private final @Nullable Access access;
    private final BodyReader bodies;
    private final OpenRequests open = new OpenRequests();
    private final Duration patience;

    /**
     * What a server stands on.
     *
     * @param settings where it listens, and how much it takes at once
     * @param access who may ask what; null: everybody may
     * @param stage whose requests are timed as {@code stage.requests.answered}
     * @param meters counts
     * @param patience how long who closes it waits for the requests under way
     */
    public record Setup(
            HttpSettings settings, @Nullable Access access, String stage, MeterRegistry meters, Duration patience) {}

    private HttpServer(Setup setup, List<Route> routes) {
        settings = setup.settings();
        access = setup.access();
        patience = setup.patience();
        bodies = new BodyReader(settings);
        RequestMeters meters = new RequestMeters(setup.meters(), setup.stage());
        this.routes = List.copyOf(routes);
        server = Javalin.create(config -> configure(config, meters));
    }

    /**
     * Starts to listen.
     *
     * @throws io.javalin.util.JavalinException if the port is taken or the key store cannot be used
     */
    public static HttpServer start(Setup setup, List<Route> routes) {
        HttpServer http = new HttpServer(setup, routes);
        http.server.start();
        return http;
    }

    /** @return the port it listens on */
    public int port() {
        return server.port();
    }

    /** @return where it listens, as a URL */
    public String address() {
        return (settings.tlsKeyStore() == null ? "http" : "https") + "://" + settings.host() + ":" + port();
    }

    /** @return what it serves */
    public List<Route> routes() {
        return routes;
    }

    /** @return bytes of bodies received and not yet answered */
    public long inFlightBytes() {
        return bodies.inFlight().held();
    }

    private void configure(JavalinConfig config, RequestMeters meters) {
        Listener.configure(config, settings, open, meters);
        config.http.asyncTimeout = 0; // Who promises an answer has a patience of their own.
        for (Route route : routes) {
            config.routes.addHttpHandler(
                    HandlerType.findOrCreate(route.method()), route.path(), ctx -> handle(ctx, route));
        }
    }

    private void handle(Context ctx, Route route) throws Exception {
        try {
            Caller caller = caller(ctx, route);
            if (route.raw != null) {
                route.raw.handle(ctx);
            } else if (route.body) {
                withBody(ctx, route, caller);
            } else if (route.now != null) {
                route.now.apply(new Request(ctx, caller, NO_BODY)).write(ctx);
            } else if (route.later != null) {
                await(ctx, route, route.later.apply(new Request(ctx, caller, NO_BODY)));
            }
        } catch (RuntimeException e) {
            refuse(ctx, route, route.problem(e));
        }
    }

    private @Nullable Caller caller(Context ctx, Route route) {
        CallerRole role = route.role;
        if (role == null || access == null) {
            return null;
        }
        Caller signer = route.signer;
        Caller caller = signer != null ? signer : access.require(ctx, role);
        if (role != CallerRole.READ) {
            caller.spend(1); // Before the body: also those that send nothing but what is refused are to pay.
        }
        return caller;
    }

    private void withBody(Context ctx, Route route, @Nullable Caller caller) {
        BodyReader.requireReadable(ctx, route.bodyOfAnyType);
        long reserved = bodies.reserve(ctx);
        CompletableFuture<HttpAnswer> promised = null;
        try {
            Request request = new Request(ctx, caller, bodies.received(ctx));
            Function<Request, CompletableFuture<HttpAnswer>> later = route.later;
            if (later != null) {
                promised = later.apply(request);
            } else if (route.now != null) {
                route.now.apply(request).write(ctx);
            }
        } finally {
            if (promised == null) {
                bodies.inFlight().release(reserved);
            }
        }
        if (promised != null) {
            await(
                    ctx,
                    route,
                    promised.whenComplete((answer, failure) -> bodies.inFlight().release(reserved)));
        }
    }

    private static void await(Context ctx, Route route, CompletableFuture<HttpAnswer> promised) {
        ctx.future(() -> promised.handle((answer, failure) -> {
            if (failure == null) {
                answer.write(ctx);
            } else {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                if (!(cause instanceof RuntimeException ours)) {
                    throw new CompletionException(cause); // Javalin logs it and answers 500
                }
                refuse(ctx, route, route.problem(ours));
            }
            return answer;
        }));
    }

    private static void refuse(Context ctx, Route route, HttpProblem problem) {
        refuse(ctx, route.errors, problem);
    }

    /** What was refused before a route was found. */
    static void refuse(HttpProblem problem, Context ctx) {
        refuse(ctx, Route.ErrorForm.PROBLEM, problem);
    }

    private static void refuse(Context ctx, Route.ErrorForm form, HttpProblem problem) {
        problem.retryAfterSeconds().ifPresent(seconds -> ctx.header("Retry-After", Integer.toString(seconds)));
        HttpAnswer answer = new HttpAnswer(problem.status(), form.body().apply(problem));
        ctx.status(answer.status()).contentType(form.contentType()).result(answer.json());
    }

    /** Takes no more requests, and waits for those that have come. */
    @Override
    public void close() {
        open.drain(patience);
        server.stop();
    }
}
