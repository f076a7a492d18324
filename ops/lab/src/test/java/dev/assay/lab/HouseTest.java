package dev.assay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How large anything may be, so that the house stays one that can be lived in: bounds, not aims. What is still beyond them is
 * named, so that nothing joins it, and has to leave the list once it is mended.
 */
class HouseTest {
    private static final List<String> STILL_LONG = List.of();
    private static final List<String> STILL_WITH_MANY_PARAMETERS = List.of();
    private static final List<String> STILL_OF_ONE_NAME = List.of();

    private static final int FILES_OF_A_PACKAGE = 40;
    private static final int LINES_OF_A_CLASS = 300;
    private static final int PARAMETERS_OF_A_CONSTRUCTOR = 8;

    private static final List<String> MODULES =
            List.of("schemas", "estimator", "streams", "ops/service", "ops/cli", "ops/lab", "ops/bench");
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.assay");

    @Test
    void aPackageFitsOnAScreen() {
        Map<Path, Long> packages = sources().collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
        packages.values().removeIf(files -> files <= FILES_OF_A_PACKAGE);
        assertThat(packages).isEmpty();
    }

    @Test
    void aClassCanBeReadInOneGo() {
        assertThat(sources().filter(file -> lines(file) > LINES_OF_A_CLASS).map(HouseTest::shown))
                .containsExactlyInAnyOrderElementsOf(STILL_LONG);
    }

    /** Records too; generated ones, which nobody calls by position, are not ours. */
    @Test
    void aConstructorTakesWhatOneCanKeepInMind() {
        assertThat(OURS.stream()
                        .filter(HouseTest::isWritten)
                        .flatMap(one -> one.getConstructors().stream())
                        .filter(one -> parameters(one) > PARAMETERS_OF_A_CONSTRUCTOR)
                        .map(one -> one.getOwner().getSimpleName())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(STILL_WITH_MANY_PARAMETERS);
    }

    @Test
    void aSimpleNameMeansOneThing() {
        Map<String, Long> names = sources()
                .map(file -> String.valueOf(file.getFileName()))
                .filter(name -> !name.equals("package-info.java"))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        names.values().removeIf(files -> files == 1);
        assertThat(names.keySet()).containsExactlyInAnyOrderElementsOf(STILL_OF_ONE_NAME);
    }

    /** What the compiler adds does not count: the name and the number of a constant, and whose inner class it is. */
    private static int parameters(JavaConstructor constructor) {
        JavaClass owner = constructor.getOwner();
        int added = owner.isEnum() ? 2 : owner.isInnerClass() ? 1 : 0;
        return constructor.getRawParameterTypes().size() - added;
    }

    private static boolean isWritten(JavaClass one) {
        return !one.isAssignableTo("org.apache.avro.specific.SpecificRecordBase")
                && !one.isAssignableTo("org.apache.avro.data.RecordBuilder");
    }

    /** Main code of all modules. */
    private static Stream<Path> sources() {
        return MODULES.stream()
                .map(module -> ROOT.resolve(module).resolve("src/main/java"))
                .flatMap(folder -> {
                    try (Stream<Path> all = Files.walk(folder)) {
                        return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shown(Path file) {
        return ROOT.relativize(file).toString();
    }
}
