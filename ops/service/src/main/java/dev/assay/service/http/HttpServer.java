package dev.assay.service.http;

import dev.assay.streams.patience.Lookout;
import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.HttpSettings;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Serves routes, the same way for every role: who may ask, how much at once, how long it took, what is wrong, and the end. */
public final class HttpServer implements AutoCloseable {
    private static final byte[] NO_BODY = {};
    private static final int LOOKS_A_WINDOW = 10;

    private final Javalin server;
    private final List<Route> routes;
    private final HttpSettings settings;
    private final @Nullable Access access;
    private final BodyReader bodies;
    private final ArrivingBodies arriving;
    private final Connections connections;
    private final OpenRequests open = new OpenRequests();
    private final Duration patience;
    private final Lookout lookout = new Lookout("http-looking");

    /**
     * What a server stands on.
     *
     * @param settings where it listens, and how much it takes at once
     * @param access who may ask what; null: everybody may
     * @param stage whose requests are timed as {@code stage.requests.answered}
     * @param meters counts
     * @param patience how long who closes it waits for the requests under way
     * @param bounds what it bears from its clients
     */
    public record Setup(
            HttpSettings settings,
            @Nullable Access access,
            String stage,
            MeterRegistry meters,
            Duration patience,
            ClientBounds bounds) {
        /** With the usual bounds. */
        public Setup(
                HttpSettings settings, @Nullable Access access, String stage, MeterRegistry meters, Duration patience) {
            this(settings, access, stage, meters, patience, ClientBounds.DEFAULTS);
        }
    }

    private HttpServer(Setup setup, List<Route> routes) {
        settings = setup.settings();
        access = setup.access();
        patience = setup.patience();
        bodies = new BodyReader(settings);
        ClientBounds bounds = setup.bounds();
        connections = new Connections(bounds, setup.meters(), setup.stage());
        RequestMeters meters = new RequestMeters(setup.meters(), setup.stage());
        this.routes = List.copyOf(routes);
        server = Javalin.create(config -> configure(config, meters));
        arriving = new ArrivingBodies(
                bounds, setup.meters(), setup.stage(), server.jettyServer().threadPool());
        lookout.start(Duration.ofMillis(Math.max(1, bounds.window().toMillis() / LOOKS_A_WINDOW)), this::look);
    }

    private void look() {
        long now = System.nanoTime();
        arriving.look(now);
        connections.look(now);
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
        Listener.configure(config, settings, connections, open, meters);
        config.http.asyncTimeout = 0; // Who promises an answer has a patience of their own.
        for (Route route : routes) {
            config.routes.addHttpHandler(
                    HandlerType.findOrCreate(route.method()), route.path(), ctx -> handle(ctx, route));
        }
    }

    private void handle(Context ctx, Route route) throws Exception {
        try {
            open.requireOpen();
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
            refuseWhole(ctx, route, route.problem(e));
        }
    }

    /** Who is still sending a body would not hear a refusal: the connection would break first. */
    private void refuseWhole(Context ctx, Route route, HttpProblem problem) throws IOException {
        ArrivingBody rest = route.body ? bodies.unread(ctx) : null;
        if (rest == null || rest.takeWhatIsThere()) {
            refuse(ctx, route, problem);
            return;
        }
        ctx.future(() -> {
            rest.listen();
            return arriving.throwAway(rest).handle((nothing, failure) -> {
                ctx.header("Connection", "close");
                refuse(ctx, route, problem);
                return nothing;
            });
        });
    }

    private @Nullable Caller caller(Context ctx, Route route) {
        CallerRole role = route.role;
        if (role == null || access == null) {
            return null;
        }
        Caller signer = route.signer;
        Caller caller = signer != null ? signer : access.require(ctx, role);
        if (role != CallerRole.READ && signer == null) {
            caller.spend(1); // Before the body: also those that send nothing but what is refused are to pay.
        }
        return caller;
    }

    private void withBody(Context ctx, Route route, @Nullable Caller caller) throws IOException {
        if (route.beforeBody != null) {
            route.beforeBody.accept(new Request(ctx, caller, NO_BODY));
        }
        BodyReader.requireReadable(ctx, route);
        InFlight.Room room = bodies.inFlight().room(route.signer == null);
        ArrivingBody body;
        try {
            body = bodies.begin(ctx, room);
        } catch (HttpProblem e) {
            room.release();
            throw e;
        }
        if (!body.takeWhatIsThere()) {
            ctx.future(() -> {
                body.listen();
                return answered(
                        ctx,
                        route,
                        arriving.follow(body).thenCompose(bytes -> answer(ctx, route, caller, bytes)),
                        room);
            });
            return;
        }
        CompletableFuture<HttpAnswer> promised = body.whole().thenCompose(bytes -> answer(ctx, route, caller, bytes));
        if (promised.isDone()) {
            try {
                answered(ctx, route, promised, room).join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException mistake ? mistake : e;
            }
        } else {
            ctx.future(() -> answered(ctx, route, promised, room));
        }
    }

    private static CompletableFuture<HttpAnswer> answer(
            Context ctx, Route route, @Nullable Caller caller, byte[] bytes) {
        Request request = new Request(ctx, caller, bytes);
        return route.later != null
                ? route.later.apply(request)
                : CompletableFuture.completedFuture(
                        Objects.requireNonNull(route.now).apply(request));
    }

    private static CompletableFuture<?> answered(
            Context ctx, Route route, CompletableFuture<HttpAnswer> promised, InFlight.Room room) {
        return written(ctx, route, promised.whenComplete((answer, failure) -> room.release()));
    }

    private static void await(Context ctx, Route route, CompletableFuture<HttpAnswer> promised) {
        ctx.future(() -> written(ctx, route, promised));
    }

    private static CompletableFuture<?> written(Context ctx, Route route, CompletableFuture<HttpAnswer> promised) {
        return promised.handle((answer, failure) -> {
            if (failure == null) {
                answer.write(ctx);
            } else {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                if (!(cause instanceof RuntimeException ours)) {
                    throw new CompletionException(cause); // Javalin logs it and answers 500
                }
                HttpProblem problem = route.problem(ours);
                if (problem.status() == HttpProblem.TOO_SLOW) {
                    ctx.header("Connection", "close");
                }
                refuse(ctx, route, problem);
            }
            return answer;
        });
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
        lookout.close();
    }
}
