package dev.assay.cli.demo;

import dev.assay.service.roles.RunningScorer;
import dev.assay.streams.settings.ServeSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A demo's scorer: the dashboard on loopback, for whoever reaches it there. */
final class DemoDashboard {
    static final int USUAL_PORT = 8081;

    private DemoDashboard() {}

    /**
     * Starts it, and says where it is.
     *
     * @param port to listen on if it is free; 0: any free one
     */
    static RunningScorer start(DemoCampaign campaign, int port, MeterRegistry meters, PrintWriter out) {
        int free = port == 0 || isFree(port) ? port : 0;
        if (free != port) {
            out.println("Port " + port + " is taken: the dashboard gets another one (--dashboard-port).");
        }
        RunningScorer scorer =
                RunningScorer.start(campaign.deployment(), settings(free), campaign.policies(), null, meters);
        out.println("Dashboard: " + scorer.address() + "/");
        out.flush();
        return scorer;
    }

    /** Asked before: a scorer that cannot listen has joined the group by then. */
    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(ServeSettings.DEFAULTS.http().host(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static ServeSettings settings(int port) {
        ServeSettings usual = ServeSettings.DEFAULTS;
        return new ServeSettings(usual.http().withPort(port), true, usual.reward(), usual.staleAfter(), usual.maxAge());
    }
}
