package dev.assay.service.roles;

import dev.assay.service.http.Health;
import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.HttpServer;
import dev.assay.service.http.Route;
import dev.assay.streams.Deployment;
import dev.assay.streams.ServiceConfig;
import dev.assay.streams.settings.HttpSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a role is watched: its meters for Prometheus and its health, on a port of their own (config {@code metrics}), from before
 * the role starts until after it has ended. Without a port the meters are counted and nobody asks.
 */
public final class Operations implements AutoCloseable {
    private static final int OK = 200;

    private final MeterRegistry meters;
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final @Nullable HttpServer server;
    private volatile Supplier<List<String>> dead = List::of;
    private volatile Supplier<HttpAnswer> ready = () -> Health.Ready.no("it is starting");

    private Operations(ServiceConfig.MetricsConfig where, MeterRegistry meters) {
        this.meters = meters;
        server = where.port() == null ? null : serve(where.host(), where.port(), (PrometheusMeterRegistry) meters);
    }

    /**
     * Starts to listen, if the config says where.
     *
     * @param role whose meters they are
     * @throws io.javalin.util.JavalinException if the port is taken
     */
    public static Operations start(Deployment deployment, String role) {
        ServiceConfig.MetricsConfig where = deployment.config().servers().metrics();
        if (where.port() == null) {
            return new Operations(where, new SimpleMeterRegistry());
        }
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        meters.config().commonTags("model", deployment.model(), "role", role);
        MeterNames.addTo(meters.config(), deployment.topics().prefix());
        Operations operations = new Operations(where, meters);
        operations.watchTheProcess();
        return operations;
    }

    private void watchTheProcess() {
        List.of(
                        new JvmMemoryMetrics(),
                        collections,
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics(),
                        new FileDescriptorMetrics())
                .forEach(part -> part.bindTo(meters));
        Gauge.builder("assay.build", () -> 1)
                .tag(
                        "version",
                        Objects.requireNonNullElse(Operations.class.getPackage().getImplementationVersion(), "unknown"))
                .register(meters);
    }

    private HttpServer serve(String host, int port, PrometheusMeterRegistry shown) {
        return HttpServer.start(
                new HttpServer.Setup(
                        HttpSettings.plain(host, port, 0, 0),
                        null,
                        "operations",
                        new SimpleMeterRegistry(),
                        Duration.ZERO),
                List.of(
                        Route.raw(
                                "/metrics",
                                ctx -> ctx.contentType("text/plain; version=0.0.4; charset=utf-8")
                                        .result(shown.scrape())),
                        Health.liveUnless(() -> dead.get()),
                        Health.ready("Whether the role does its work", () -> ready.get())));
    }

    /** @return where the role is to count */
    public MeterRegistry meters() {
        return meters;
    }

    /** @return the port it listens on; 0 if it does not */
    public int port() {
        return server == null ? 0 : server.port();
    }

    /** @return whether anybody can ask, so that meters which cost something are worth it */
    public boolean asked() {
        return server != null;
    }

    /**
     * The role has been started.
     *
     * @param isDead why it will not come right again by itself; empty: it gets on
     * @param isReady 200 if it does its work, else why not
     */
    public void watch(Supplier<List<String>> isDead, Supplier<HttpAnswer> isReady) {
        dead = isDead;
        ready = isReady;
        Gauge.builder("role.alive", () -> isDead.get().isEmpty() ? 1 : 0)
                .description("1 while the role gets on, 0 once it will not by itself")
                .register(meters);
        Gauge.builder("role.ready", () -> isReady.get().status() == OK ? 1 : 0)
                .description("1 while the role does its work")
                .register(meters);
    }

    @Override
    public void close() {
        collections.close();
        if (server != null) {
            server.close();
        }
    }
}
