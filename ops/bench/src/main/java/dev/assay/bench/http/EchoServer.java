package dev.assay.bench.http;

import io.javalin.Javalin;
import java.util.concurrent.CountDownLatch;

/** The scorer's peer: Javalin with its defaults, that answers with the body it got; a process of its own. */
public final class EchoServer {
    private static final long LARGEST_BODY = 32 << 20;

    private EchoServer() {}

    /** @param args none */
    public static void main(String[] args) throws InterruptedException {
        Javalin server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.maxRequestSize = LARGEST_BODY;
            config.routes.post(
                    "/v1/best-of-n", ctx -> ctx.contentType("application/json").result(ctx.bodyAsBytes()));
        });
        server.start("127.0.0.1", 0);
        System.out.println("listens on http://127.0.0.1:" + server.port() + ".");
        new CountDownLatch(1).await();
    }
}
