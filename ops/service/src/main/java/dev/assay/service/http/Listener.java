package dev.assay.service.http;

import dev.assay.streams.settings.HttpSettings;
import io.javalin.config.JavalinConfig;
import io.javalin.config.JettyConfig;
import io.javalin.http.HttpResponseException;
import java.util.Objects;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Where and how a server listens: HTTP, or HTTPS where there is a key store. */
final class Listener {
    private static final int IDLE_MILLIS = 30_000;
    /** Java's 50 overflow when many connect at once, and whoever is left out comes again only after a second. */
    private static final int ACCEPT_QUEUE = 1024;
    /** Two ids of 512 characters, each character up to four bytes of UTF-8 and so up to twelve of a path, and a token. */
    private static final int HEADER_BYTES = 32_768;

    private Listener() {}

    /**
     * Sets up what all servers have in common: where they listen, whom they count, how they say what is wrong.
     *
     * @param connections follows those that are open
     * @param open counts requests under way
     * @param meters times them
     */
    static void configure(
            JavalinConfig config,
            HttpSettings settings,
            Connections connections,
            OpenRequests open,
            RequestMeters meters) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
        listen(config.jetty, settings, connections);
        config.routes.before(open::begin);
        config.requestLogger.http((ctx, millis) -> meters.answered(ctx, millis)); // when the answer is written
        config.routes.exception(HttpProblem.class, HttpServer::refuse);
        config.routes.exception(
                HttpResponseException.class,
                (e, ctx) -> HttpServer.refuse(HttpProblem.of(e.getStatus(), String.valueOf(e.getMessage())), ctx));
    }

    private static void listen(JettyConfig jetty, HttpSettings settings, Connections connections) {
        jetty.modifyHttpConfiguration(Listener::admitAllIds);
        jetty.modifyServletContextHandler(context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
        jetty.addConnector((server, http) -> connector(server, http, settings, connections));
    }

    /** Ids may contain anything, a slash too, as %2F; the routes are matched on the path as it came. */
    private static void admitAllIds(HttpConfiguration http) {
        http.setUriCompliance(UriCompliance.from("0,AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_PATH_ENCODING"
                + ",AMBIGUOUS_PATH_SEGMENT,AMBIGUOUS_PATH_PARAMETER,SUSPICIOUS_PATH_CHARACTERS"));
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setSendServerVersion(false);
    }

    private static Connector connector(
            Server server, HttpConfiguration http, HttpSettings settings, Connections connections) {
        ServerConnector connector;
        if (settings.tlsKeyStore() == null) {
            connector = new ServerConnector(server, new HttpConnectionFactory(http));
        } else {
            SslContextFactory.Server tls = new SslContextFactory.Server();
            tls.setKeyStorePath(settings.tlsKeyStore());
            tls.setKeyStorePassword(
                    Objects.requireNonNull(settings.tlsKeyStorePassword()).value());
            HttpConfiguration https = new HttpConfiguration(http);
            // The name in the certificate is for the client to check.
            https.addCustomizer(new SecureRequestCustomizer(false));
            connector = new ServerConnector(server, tls, new HttpConnectionFactory(https));
        }
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.addBean(connections);
        return connector;
    }
}
