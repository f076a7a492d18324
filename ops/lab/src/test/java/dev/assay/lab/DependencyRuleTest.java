package dev.assay.lab;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may import whom. Here, because this module sees all the others; only benchmarks, which nobody can import, are not on its class path. */
class DependencyRuleTest {
    /** A package imports only packages listed before it, so that there is no circle either. */
    private static final List<String> ORDER = Stream.of("""
            schemas schemas.admit schemas.publish schemas.descend schemas.score
            estimator.algebra estimator.choice estimator.columns estimator.sums estimator.descent
            estimator.inference estimator.selection estimator.simulation
            streams.json streams.settings streams.patience streams.model streams.wire streams.wire.registry streams.features.embed
            streams.tail streams.watch streams.quarantine streams.features streams.admit streams.collect streams.descend streams.publish streams.score streams
            service.topics service.offline service.reshard
            service.http service.ingest.files service.ingest.table service.ingest.formats service.ingest service.convert service.export
            service.serve.desk service.serve.dropin service.serve.dashboard service.serve service.roles
            cli.broker cli.command cli.fit cli.features cli.demo cli.ingest cli.convert cli.roles cli.deployment cli.dlq cli
            lab.simulate lab.simulate.coverage lab.network lab.process lab.evidence lab.chaos lab
            """.strip().split("\\s+"))
            .map(name -> "dev.assay." + name)
            .toList();

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.assay");

    /** Records that the wire makes of values of ours, field by field. */
    private static final Set<String> CONVERTED = OURS.stream()
            .filter(one -> one.getPackageName().startsWith("dev.assay.streams.wire"))
            .flatMap(wire -> wire.getCodeUnitCallsFromSelf().stream())
            .filter(call ->
                    Set.of("<init>", "newBuilder").contains(call.getTarget().getName()))
            .map(call -> call.getTargetOwner().getName())
            .collect(Collectors.toSet());

    @Test
    void theListHasEveryPackageAndNoOther() {
        assertThat(OURS.stream().map(JavaClass::getPackageName).distinct()).containsExactlyInAnyOrderElementsOf(ORDER);
    }

    @Test
    void aPackageImportsOnlyPackagesListedBeforeIt() {
        assertThat(OURS.stream()
                        .flatMap(ours -> ours.getDirectDependenciesFromSelf().stream())
                        .filter(dependency -> place(dependency.getTargetClass()) > place(dependency.getOriginClass()))
                        .map(dependency -> dependency.getOriginClass().getName() + " imports "
                                + dependency.getTargetClass().getName())
                        .distinct())
                .isEmpty();
    }

    /** Of others' classes, and of packages that are not on the list, before all. */
    private static int place(JavaClass one) {
        return ORDER.indexOf(one.getPackageName());
    }

    @Test
    void theEstimatorKnowsNoTopicAndNoFramework() {
        classes()
                .that()
                .resideInAPackage("dev.assay.estimator..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.assay.estimator..",
                        "java..",
                        "jdk.incubator.vector..",
                        "org.jspecify..",
                        "org.apache.commons.math3..",
                        "dev.ludovic.netlib..")
                .check(OURS);
    }

    /** But those that are carriers and nothing else, of which it makes none: what is on the topic is what there is to say. */
    @Test
    void onlyTheWireSeesGeneratedRecords() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.assay.streams.wire..", "dev.assay.schemas..")
                .should()
                .dependOnClassesThat(describe(
                        "are generated, and no carriers",
                        one -> one.getPackageName().startsWith("org.apache.avro")
                                || (one.getPackageName().startsWith("dev.assay.schemas.")
                                        && !isCarrier(one)
                                        && one.getEnclosingClass()
                                                .filter(DependencyRuleTest::isCarrier) // whose builder it is
                                                .isEmpty())))
                .check(OURS);
    }

    private static boolean isCarrier(JavaClass one) {
        return !CONVERTED.contains(one.getName()) && one.isAssignableTo("org.apache.avro.specific.SpecificRecord");
    }

    @Test
    void stagesKnowNoServer() {
        noClasses()
                .that()
                .resideInAPackage("dev.assay.streams..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "io.github.bucket4j..", "picocli..")
                .check(OURS);
    }

    @Test
    void nobodyAsksTheSystemForTimeOrChance() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.assay.estimator..", "dev.assay.streams..", "dev.assay.service..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callConstructor(Random.class)
                .check(OURS);
    }
}
