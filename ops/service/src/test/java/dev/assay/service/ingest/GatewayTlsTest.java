package dev.assay.service.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.http.SmallGateway;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.HttpSettings;
import dev.assay.streams.settings.Secret;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTlsTest {
    private static final String PASSWORD = "for-this-test";

    @TempDir
    Path folder;

    @Test
    void withAKeyStoreItSpeaksHttps() throws Exception {
        Path store = folder.resolve("gateway.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        GatewaySettings settings = new GatewaySettings(
                new HttpSettings("127.0.0.1", 0, 8192, 8192, store.toString(), new Secret(PASSWORD)),
                SmallGateway.LIMITS,
                GatewaySettings.Keys.NONE,
                List.of());
        try (ServedGateway gateway = new ServedGateway(settings, true)) {
            URI plain = gateway.to("/v1/judgments").build().uri();
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .sslContext(trusting(store))
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create(plain.toString().replace("http:", "https:")))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(ServedGateway.JUDGMENT))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    private static SSLContext trusting(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null);
        trusted.setCertificateEntry(
                "gateway", keys.getCertificate(keys.aliases().nextElement()));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
