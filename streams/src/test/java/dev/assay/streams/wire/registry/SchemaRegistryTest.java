package dev.assay.streams.wire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.schemas.Compatibility;
import dev.assay.streams.patience.FakePatience;
import dev.assay.streams.patience.Tries;
import dev.assay.streams.settings.Secret;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaRegistryTest {
    private static final Schema FIRST =
            SchemaBuilder.record("R").fields().requiredInt("x").endRecord();
    private static final Schema WITH_MORE =
            SchemaBuilder.record("R").fields().requiredInt("x").requiredInt("y").endRecord();
    private static final Duration SHORT = Duration.ofMillis(100);

    private final FakeRegistry fake = new FakeRegistry();
    private final FakePatience patience = new FakePatience();
    private final SchemaRegistry registry = registry(fake.url(), null, Duration.ofSeconds(5));

    @AfterEach
    void stop() {
        fake.close();
    }

    private SchemaRegistry registry(String url, @Nullable String user, Duration timeout) {
        Secret password = user == null ? null : new Secret("pass");
        return new SchemaRegistry(new RegistrySettings(url, user, password, timeout, true), patience);
    }

    @Test
    void aSchemaIsFoundByTheIdItWasRegisteredUnder() {
        int id = registry.register("s", FIRST);
        assertThat(registry.register("s", FIRST)).isEqualTo(id);
        assertThat(registry.schema(id)).contains(FIRST);
    }

    @Test
    void anIdThatIsNotThereAndASchemaOfAnotherKindAreNone() {
        assertThat(registry.schema(17)).isEmpty();
        fake.answerOnce(200, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"message M {}\"}");
        assertThat(registry.schema(1)).isEmpty();
        fake.answerOnce(200, "{\"schema\": \"\\\"int\\\"\", \"references\": [{\"name\": \"n\"}]}");
        assertThat(registry.schema(1)).isEmpty();
        fake.answerOnce(200, "{\"schema\": \"{\\\"type\\\": \\\"rec\"}");
        assertThat(registry.schema(1)).isEmpty();
    }

    @Test
    void anIncompatibleSchemaIsRefusedWithSubjectAndTheRegistrysMessage() {
        registry.require("t-value", Compatibility.BACKWARD_TRANSITIVE);
        registry.register("t-value", FIRST);
        assertThatThrownBy(() -> registry.register("t-value", WITH_MORE))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("subject t-value")
                .hasMessageContaining("409")
                .hasMessageContaining("Incompatible artifact: t-value");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 409, 422})
    void aRefusalIsNotAskedForAgain(int status) {
        fake.answerOnce(status, "{\"error_code\": 1, \"message\": \"because\"}");
        assertThatThrownBy(() -> registry.register("s", FIRST))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("subject s")
                .hasMessageContaining("status " + status + ": because");
        assertThat(fake.requests()).hasSize(1);
        assertThat(patience.pauses()).isEmpty();
    }

    @Test
    void anAddressThatIsNoRegistryIsToldAtOnce() {
        SchemaRegistry elsewhere = registry(fake.url().replace("/v7", "/v6"), null, SHORT.multipliedBy(50));
        assertThatThrownBy(() -> elsewhere.register("s", FIRST))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("is registry.url the part before /subjects?");
        // Of an id it tells nothing either: records wait, and are not refused.
        assertThatThrownBy(() -> elsewhere.schema(1)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void userAndPasswordAreSentAndTheirLackIsNoVerdictOnARecord() {
        fake.require("Basic dXM6cGFzcw=="); // printf us:pass | base64
        SchemaRegistry asUser = registry(fake.url(), "us", Duration.ofSeconds(5));
        int id = asUser.register("s", FIRST);

        assertThat(asUser.schema(id)).contains(FIRST);
        assertThatThrownBy(() -> registry.register("s", FIRST))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("registry.user and registry.password");
        assertThatThrownBy(() -> registry.schema(id)).isInstanceOf(RegistryUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void aRegistryThatCannotNowIsAskedAgainLaterAndLater(int status) {
        int id = registry.register("s", FIRST);
        fake.answerOnce(status, "").answerOnce(status, "not now").answerOnce(status, "{}");
        assertThat(registry.schema(id)).contains(FIRST);
        assertThat(patience.pauses())
                .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void patienceEndsAfterHalfAMinute() {
        fake.setDown(true);
        assertThatThrownBy(() -> registry.schema(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("503: down for maintenance");
        assertThat(Duration.ofNanos(patience.nanos())).isBetween(Duration.ofSeconds(25), Tries.LONGEST);
        assertThat(patience.pauses()).allMatch(pause -> pause.compareTo(Duration.ofSeconds(5)) <= 0);
    }

    @Test
    void aRegistryThatKeepsSilentOrIsNotThereIsUnavailable() throws Exception {
        fake.fallSilent();
        patience.meanwhile(() -> patience.pass(Duration.ofSeconds(10)));
        SchemaRegistry hasty = registry(fake.url(), null, SHORT);
        assertThatThrownBy(() -> hasty.schema(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("within PT0.1S");
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        SchemaRegistry nowhere = registry("http://localhost:" + free, null, SHORT.multipliedBy(50));
        assertThatThrownBy(() -> nowhere.register("s", FIRST))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("localhost:" + free);
    }

    @Test
    void aLevelIsSetUnlessItIsThereOrAStricterOne() {
        fake.setLevel("weaker", "BACKWARD");
        fake.setLevel("stricter", "FULL_TRANSITIVE");
        for (String subject : List.of("none", "weaker", "stricter", "none")) {
            registry.require(subject, Compatibility.BACKWARD_TRANSITIVE);
        }
        assertThat(fake.levels())
                .containsEntry("none", "BACKWARD_TRANSITIVE")
                .containsEntry("weaker", "BACKWARD_TRANSITIVE")
                .containsEntry("stricter", "FULL_TRANSITIVE");
        assertThat(fake.requests().stream().filter(asked -> asked.startsWith("PUT")))
                .containsExactly("PUT /config/none", "PUT /config/weaker");
    }

    @Test
    void whoMayOnlyReadRunsWhereAllIsRegistered() {
        registry.require("s", Compatibility.FULL_TRANSITIVE);
        int id = registry.register("s", FIRST);
        fake.setReadOnly();

        registry.require("s", Compatibility.FULL_TRANSITIVE);
        assertThat(registry.register("s", FIRST)).isEqualTo(id);
        assertThatThrownBy(() -> registry.register("s", WITH_MORE)).hasMessageContaining("403: Forbidden");
    }
}
