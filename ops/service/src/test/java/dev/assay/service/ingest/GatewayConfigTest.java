package dev.assay.service.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.streams.ServiceConfig;
import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.Secret;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code gateway:} of a config. */
class GatewayConfigTest {
    private static final String REST = """
            kafka: {bootstrap.servers: "broker:9092"}
            features: {kind: vectors, dimension: 16}
            """;
    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final String SECRETS = REST + """
            gateway:
              host: 0.0.0.0
              tls-key-store: gateway.p12
              tls-key-store-password: hush-store
              argilla-secret: whsec_aHVzaC1hcmdpbGxh
              prolific-secret: hush-prolific
              pseudonym-key: hush-pseudonym-0123456789abcdef012345
              tokens: [{source: platform, roles: [write, erase], sha256: %s}]
            """.formatted(HASH);

    @Test
    void everyKeyIsReadAndWrittenAgain() {
        ServiceConfig config = ServiceConfig.parse(SECRETS, Map.of());

        GatewaySettings gateway = config.servers().gateway();
        assertThat(gateway.tokens())
                .containsExactly(
                        new GatewaySettings.Token("platform", Set.of(CallerRole.WRITE, CallerRole.ERASE), HASH));
        assertThat(gateway.keys().prolificSecret()).isEqualTo(new Secret("hush-prolific"));
        assertThat(ServiceConfig.parse(config.toYaml(), Map.of())).isEqualTo(config);
    }

    @Test
    void noSecretIsInWhatIsLogged() {
        assertThat(ServiceConfig.parse(SECRETS, Map.of()).toString())
                .contains("gateway.p12")
                .doesNotContain("hush", "aHVz", HASH);
    }

    @Test
    void theEnvironmentSetsSecrets() {
        ServiceConfig config = ServiceConfig.parse(
                REST,
                Map.of("ASSAY_GATEWAY_PSEUDONYM_KEY", "0123456789abcdef0123456789abcdef", "ASSAY_GATEWAY_PORT", "9"));

        assertThat(config.servers().gateway().keys().pseudonymKey())
                .isEqualTo(new Secret("0123456789abcdef0123456789abcdef"));
        assertThat(config.servers().gateway().http().port()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host: 0.0.0.0|gateway.tokens must name at least one token where gateway.host is not one of",
                "port: 65536|gateway.port must be 0 to 65535, was 65536",
                "max-items: 0|gateway.max-items must be 1 to 10000, was 0",
                "in-flight-bytes: 1024|gateway.in-flight-bytes must be 8388608 to",
                "ack-timeout: PT0S|gateway.ack-timeout must be PT0.1S to PT5M, was PT0S",
                "rate-burst: 10|gateway.rate-burst must be 1000 to",
                "pseudonym-key: hush|gateway.pseudonym-key must have at least 32 characters",
                "pseudonym-key: {a: hush}|gateway.pseudonym-key must be",
                "argilla-secret: hush|gateway.argilla-secret must be whsec_ and base64",
                "tls-key-store: x|gateway.tls-key-store-password must be given",
                "'tokens: [{source: x, roles: [write], sha256: hush}]'|gateway.tokens.sha256 must be 64 hexadecimal digits",
                "'tokens: [{source: x, roles: [], sha256: hush}]'|gateway.tokens.roles must name at least one of write"
            })
    void aSettingOutOfBoundsIsRefusedByNameAndASecretIsNotShown(String line, String message) {
        assertThatThrownBy(() -> ServiceConfig.parse(REST + "gateway: {" + line.replace("'", "") + "}", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("hush");
    }
}
