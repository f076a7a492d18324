package dev.assay.service.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /health/live} and {@code /health/ready}, alike on every server, and for everybody. */
public final class Health {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private Health() {}

    /** Whether the process serves. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Live(
            @Doc("Whether it serves.") boolean live,

            @Doc("Why not.") @Nullable String why) {}

    /** Whether it can do its work. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ready(
            @Doc("Whether it can do its work.") boolean ready,

            @Doc("Why not.") @Nullable String why) {
        /** It can. */
        public static HttpAnswer yes() {
            return new HttpAnswer(OK, new Ready(true, null));
        }

        /** It cannot. */
        public static HttpAnswer no(String why) {
            return new HttpAnswer(UNAVAILABLE, new Ready(false, why));
        }

        /** It can, unless something is wrong. */
        public static HttpAnswer unless(List<String> wrong) {
            return wrong.isEmpty() ? yes() : no(String.join("; ", wrong));
        }
    }

    /** @param alive whether it will go on by itself */
    public static Route live(BooleanSupplier alive) {
        return liveUnless(() -> alive.getAsBoolean() ? List.of() : List.of("it will not come right by itself"));
    }

    /** @param dead why it does not get on, and will not by itself; empty: it does */
    public static Route liveUnless(Supplier<List<String>> dead) {
        return Route.get("/health/live", request -> live(dead.get()))
                .named("live", "Whether the process serves")
                .answers(OK, "It does.", Live.class)
                .answers(UNAVAILABLE, "It does not, and will not by itself.", Live.class);
    }

    private static HttpAnswer live(List<String> dead) {
        return dead.isEmpty()
                ? new HttpAnswer(OK, new Live(true, null))
                : new HttpAnswer(UNAVAILABLE, new Live(false, String.join("; ", dead)));
    }

    /** @param answer a {@link Ready}, or says more where it can */
    public static Route ready(String summary, Supplier<HttpAnswer> answer) {
        return described(Route.get("/health/ready", request -> answer.get()), summary);
    }

    /** The same of who must ask somebody else first. */
    public static Route readyLater(String summary, Supplier<CompletableFuture<HttpAnswer>> answer) {
        return described(Route.later("GET", "/health/ready", request -> answer.get()), summary);
    }

    private static Route described(Route route, String summary) {
        return route.named("ready", summary)
                .answers(OK, "It can.", Ready.class)
                .answers(UNAVAILABLE, "It cannot; why says so.", Ready.class);
    }
}
