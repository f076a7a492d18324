package dev.assay.bench.http;

import io.javalin.Javalin;
import java.util.concurrent.CountDownLatch;

/**
 * The peer: Javalin with its defaults, a process of its own. In the gateway's place it reads a body and answers how long it was;
 * in the scorer's it answers with the body it got.
 */
public final class BareServer {
    private static final long LARGEST_BODY = 32 << 20;

    private BareServer() {}

    /** @param args none */
    public static void main(String[] args) throws InterruptedException {
        Javalin server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.maxRequestSize = LARGEST_BODY;
            config.routes.post(
                    "/v1/judgments",
                    ctx -> ctx.contentType("application/json")
                            .result("{\"accepted\":" + ctx.bodyAsBytes().length + "}"));
            config.routes.post(
                    "/v1/best-of-n", ctx -> ctx.contentType("application/json").result(ctx.bodyAsBytes()));
        });
        server.start("127.0.0.1", 0);
        System.out.println("listens on http://127.0.0.1:" + server.port() + ".");
        new CountDownLatch(1).await();
    }
}
