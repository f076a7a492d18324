package dev.assay.bench.http;

import io.javalin.Javalin;
import java.util.concurrent.CountDownLatch;

/** The peer: Javalin with its defaults, that reads a body and answers how long it was; a process of its own. */
public final class BareServer {
    private static final long LARGEST_BODY = 8 << 20;

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
        });
        server.start("127.0.0.1", 0);
        System.out.println("listens on http://127.0.0.1:" + server.port() + ".");
        new CountDownLatch(1).await();
    }
}
