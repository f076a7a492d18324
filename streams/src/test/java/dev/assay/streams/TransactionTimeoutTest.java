package dev.assay.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a broker lets an estimator's transaction stay open, and that whoever watches knows it. Issue 17. */
class TransactionTimeoutTest {
    @TempDir
    Path stateFolder;

    @Test
    void aTransactionOutlastsTheRestartOfABrokerThatHasTheOnlyCopy() {
        assertThat(inUse("topics: {replication: 1}")).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void whereACopyLeadsMeanwhileItIsShort() {
        assertThat(inUse("topics: {replication: 3}")).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whoSetsItKnowsWhy() {
        assertThat(inUse("kafka: {transaction.timeout.ms: 7000}")).isEqualTo(Duration.ofSeconds(7));
        assertThat(inUse("kafka: {producer.transaction.timeout.ms: 8000}")).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void whereJudgmentsWaitForARegistryTransactionsDoToo() {
        assertThat(inUse("registry: {url: \"http://localhost:1/apis/ccompat/v7\"}"))
                .isEqualTo(Duration.ofMinutes(2));
    }

    private Duration inUse(String setting) {
        ServiceConfig config = ServiceConfig.parse(
                "model: m\nfeatures: {kind: vectors, name: f, dimension: 1}\n" + bootstrap(setting), Map.of());
        Deployment deployment = new Deployment(config, config.features().open(stateFolder));
        StreamsConfig streams =
                new StreamsConfig(Role.settings("estimator", deployment, stateFolder, new SimpleMeterRegistry()));
        Object millis = streams.getProducerConfigs("p").get(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        Duration inUse = Duration.ofMillis(Long.parseLong(String.valueOf(millis)));
        assertThat(Role.transactionTimeout(deployment)).isEqualTo(inUse);
        return inUse;
    }

    private static String bootstrap(String setting) {
        String servers = "bootstrap.servers: \"localhost:1\"";
        return setting.startsWith("kafka: {")
                ? setting.replace("kafka: {", "kafka: {" + servers + ", ")
                : setting + "\nkafka: {" + servers + "}";
    }
}
