package dev.assay.service.http;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Times the requests of a server, from their first byte to the answer's last, by route and by class of status. */
final class RequestMeters {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int STATUSES_OF_A_CLASS = 100;

    private final MeterRegistry meters;
    private final String name;
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    /** What is timed together; a route has its variables' names, not their values, so there are few. */
    private record Series(String route, int statusClass) {}

    /** @param stage whose requests they are: the timer is {@code stage.requests.answered}, tags {@code route}, {@code status} */
    RequestMeters(MeterRegistry meters, String stage) {
        this.meters = meters;
        name = stage + ".requests.answered";
    }

    /**
     * The answer is written.
     *
     * @param millis it took
     */
    void answered(Context ctx, float millis) {
        @Nullable Endpoint matched = ctx.endpoints().matchedHttpEndpoint();
        Series series = new Series(matched == null ? "none" : matched.path, ctx.statusCode() / STATUSES_OF_A_CLASS);
        timers.computeIfAbsent(series, this::timer).record((long) (millis * NANOS_PER_MILLI), TimeUnit.NANOSECONDS);
    }

    private Timer timer(Series series) {
        return meters.timer(name, "route", series.route(), "status", series.statusClass() + "xx");
    }
}
