package dev.assay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may import whom: the folder listing is the data flow. */
class DependencyRuleTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.assay");

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
                        "org.jspecify..",
                        "org.apache.commons.math3..",
                        "dev.ludovic.netlib..")
                .check(OURS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.assay.estimator algebra choice descent inference selection simulation",
                "dev.assay.streams adapt admit collect descend publish score"
            })
    void aPackageImportsOnlyPackagesListedBeforeIt(String listing) {
        String[] names = listing.split(" ");
        for (int i = 1; i < names.length - 1; i++) {
            String[] later = Stream.of(names)
                    .skip(i + 1)
                    .map(name -> names[0] + "." + name + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(names[0] + "." + names[i] + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .check(OURS);
        }
    }

    @Test
    void aStageDoesNotKnowTheWiringAroundIt() {
        noClasses()
                .that()
                .resideInAPackage("dev.assay.streams.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.assay.streams")
                .check(OURS);
    }

    @Test
    void onlyAdaptSeesGeneratedRecords() {
        noClasses()
                .that()
                .resideInAPackage("dev.assay.streams..")
                .and()
                .resideOutsideOfPackage("dev.assay.streams.adapt..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.avro..", "dev.assay.schemas.*..")
                .check(OURS);
    }

    @Test
    void nobodyAsksTheSystemForTimeOrChance() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.assay.estimator..", "dev.assay.streams..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callConstructor(Random.class)
                .check(OURS);
    }
}
