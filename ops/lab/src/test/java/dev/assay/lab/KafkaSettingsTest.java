package dev.assay.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.ServiceConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;

/** What {@code kafka:} says, TLS and SASL above all, must reach every client there is. */
class KafkaSettingsTest {
    private static final List<Map<String, ?>> CONFIGURED = new CopyOnWriteArrayList<>();

    @Test
    void clientsAreMadeInFourPlacesOnly() {
        // Role starts from its own settings and puts those of the config over them; TopicKeyLog and TopicErasureLog
        // take those of the config; BoundedProducer is what Kafka Streams makes of Role's.
        JavaClasses ours = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.assay");
        var rule = noClasses()
                .that()
                .haveNameNotMatching(
                        "dev\\.assay\\.(service\\.topics\\.Clients|streams\\.Role|streams\\.BoundedProducer"
                                + "|streams\\.collect\\.TopicKeyLog|streams\\.descend\\.TopicErasureLog"
                                + "|streams\\.NamedTransactions)(\\$.*)?")
                .and()
                .resideOutsideOfPackage("dev.assay.lab.process..") // on brokers that it starts itself, on loopback
                .should()
                .callConstructorWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                        com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                                com.tngtech.archunit.base.DescribedPredicate.describe(
                                        "a Kafka client",
                                        (com.tngtech.archunit.core.domain.JavaClass owner) ->
                                                owner.isEquivalentTo(KafkaProducer.class)
                                                        || owner.isEquivalentTo(KafkaConsumer.class)
                                                        || owner.isEquivalentTo(KafkaStreams.class)))))
                .orShould()
                .callMethod(Admin.class, "create", Map.class);
        rule.check(ours);
    }

    @Test
    void theCommandsOwnClientsHaveWhatTheConfigSays() {
        ServiceConfig config = ServiceConfig.parse("""
                kafka:
                  bootstrap.servers: localhost:9
                  metric.reporters: %s
                  security.protocol: SASL_SSL
                  sasl.mechanism: PLAIN
                  sasl.jaas.config: org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="p";
                features: {kind: vectors, dimension: 1}
                """.formatted(Recorder.class.getName()), Map.of());
        Deployment deployment = new Deployment(config, config.features().open(Path.of(".")));
        CONFIGURED.clear();

        Clients.admin(deployment).close();
        Clients.producer(deployment).close();
        Clients.consumer(deployment).close();

        assertThat(CONFIGURED).hasSize(3).allSatisfy(settings -> {
            assertThat(settings.get("security.protocol")).isEqualTo("SASL_SSL");
            assertThat(String.valueOf(settings.get("sasl.jaas.config"))).contains("PlainLoginModule");
        });
    }

    /** Every client configures its reporters with its own settings. */
    public static final class Recorder implements MetricsReporter {
        @Override
        public void configure(Map<String, ?> settings) {
            CONFIGURED.add(Map.copyOf(withoutNulls(settings)));
        }

        private static Map<String, ?> withoutNulls(Map<String, ?> settings) {
            return settings.entrySet().stream()
                    .filter(entry -> entry.getValue() != null)
                    .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        @Override
        public void init(List<KafkaMetric> metrics) {}

        @Override
        public void metricChange(KafkaMetric metric) {}

        @Override
        public void metricRemoval(KafkaMetric metric) {}

        @Override
        public void close() {}
    }
}
