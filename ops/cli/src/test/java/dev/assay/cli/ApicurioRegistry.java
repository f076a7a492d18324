package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real schema registry as a child process: Apicurio, whose archive Maven Central has; schemas in memory. It is kept in the
 * local Maven repository, where Maven itself cannot put it, since a parent it names is not to be had everywhere.
 */
final class ApicurioRegistry implements AutoCloseable {
    /** Where a session of all tests has one already; profile {@code registry} sets it. */
    static final String SHARED_PORT = "assay.registry.port";

    private static final String VERSION = "3.0.9"; // the last for Java 17
    private static final String SHA_256 = "2b28181501a20cbf6efcd77f9b7153908fc01f3d3a7c32024c0bd9e1b04c8a43";
    private static final String NAME = "apicurio-registry-app-" + VERSION;
    private static final String PLACE = "io/apicurio/apicurio-registry-app/" + VERSION + "/" + NAME + "-all.tar.gz";
    private static final Path WRAPPER = Path.of("../../.mvn/wrapper/maven-wrapper.properties");
    private static final Duration START_WITHIN = Duration.ofMinutes(3); // it takes 7 s, on a busy machine 30
    private static final long LOOK_EVERY_NANOS = 200_000_000;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final @Nullable Process process; // null: somebody else's
    private final int port;

    private ApicurioRegistry(@Nullable Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The one of the session, or one of its own; without the archive the test is skipped, and says so aloud. */
    static ApicurioRegistry startOrSkip(Path folder) throws IOException, InterruptedException {
        Integer shared = Integer.getInteger(SHARED_PORT);
        if (shared != null) {
            return new ApicurioRegistry(null, shared);
        }
        Path archive;
        try {
            archive = archive();
        } catch (IOException e) {
            String skipped = "SKIPPED: no real schema registry to test with, " + PLACE + " cannot be had: " + e
                    + "; profile registry makes this a failure";
            System.err.println(skipped);
            return Assumptions.abort(skipped);
        }
        return start(archive, freePort(), folder);
    }

    /** For a session of all tests. */
    static ApicurioRegistry start(int port) throws IOException, InterruptedException {
        return start(archive(), port, Files.createTempDirectory("apicurio"));
    }

    private static ApicurioRegistry start(Path archive, int port, Path folder)
            throws IOException, InterruptedException {
        Path home = unpacked(archive);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:TieredStopAtLevel=1", // it lives for a minute
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-jar",
                        home.resolve(NAME + "-runner.jar").toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("apicurio.log").toFile())
                .start();
        ApicurioRegistry registry = new ApicurioRegistry(process, port);
        long deadline = System.nanoTime() + START_WITHIN.toNanos();
        while (!registry.answers()) {
            assertThat(process.isAlive() && System.nanoTime() < deadline)
                    .as("Apicurio must start; see %s", folder.resolve("apicurio.log"))
                    .isTrue();
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return registry;
    }

    /** @return what registry.url says */
    String url() {
        return "http://localhost:" + port + "/apis/ccompat/v7";
    }

    private boolean answers() throws InterruptedException {
        try {
            HttpRequest question =
                    HttpRequest.newBuilder(URI.create(url() + "/subjects")).build();
            return HTTP.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path archive() throws IOException, InterruptedException {
        Path kept = Path.of(System.getProperty(
                        "maven.repo.local",
                        Path.of(System.getProperty("user.home"), ".m2", "repository")
                                .toString()))
                .resolve(PLACE);
        if (!Files.exists(kept)) {
            Files.createDirectories(kept.getParent());
            String central = central();
            Path coming = Files.createTempFile(kept.getParent(), NAME, ".part");
            try {
                HttpRequest question =
                        HttpRequest.newBuilder(URI.create(central + PLACE)).build();
                int status = HTTP.send(question, HttpResponse.BodyHandlers.ofFile(coming))
                        .statusCode();
                if (status != 200) {
                    throw new IOException(central + " answers with status " + status);
                }
                requireIntact(coming);
                Files.move(coming, kept, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(coming);
            }
        }
        return kept;
    }

    /** Where the Maven wrapper has Maven from, all else is too. */
    private static String central() throws IOException {
        Properties wrapper = new Properties();
        try (InputStream in = Files.newInputStream(WRAPPER)) {
            wrapper.load(in);
        }
        String maven = wrapper.getProperty("distributionUrl");
        return maven.substring(0, maven.indexOf("org/apache/maven/"));
    }

    private static void requireIntact(Path archive) throws IOException {
        try (InputStream in = Files.newInputStream(archive)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            String found = HexFormat.of().formatHex(digest.digest());
            if (!found.equals(SHA_256)) {
                throw new IOException("SHA-256 of the archive must be " + SHA_256 + ", was " + found);
            }
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Once for many runs. */
    private static Path unpacked(Path archive) throws IOException, InterruptedException {
        Path home = Path.of("target", NAME).toAbsolutePath();
        if (!Files.exists(home)) {
            requireIntact(archive);
            Path coming = Files.createTempDirectory(Files.createDirectories(home.getParent()), NAME);
            Process tar = new ProcessBuilder("tar", "xzf", archive.toString(), "-C", coming.toString())
                    .inheritIO()
                    .start();
            assertThat(tar.waitFor()).as("tar's exit code").isZero();
            Files.move(coming, home, StandardCopyOption.ATOMIC_MOVE);
        }
        return home;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
