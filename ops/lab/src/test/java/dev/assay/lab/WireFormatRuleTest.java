package dev.assay.lab;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.assay.cli.fit.FolderComparisons;
import dev.assay.lab.simulate.JudgedFolder;
import dev.assay.schemas.SingleObject;
import dev.assay.schemas.WireFormat;
import dev.assay.service.ingest.IngestSink;
import dev.assay.service.offline.HeldOut;
import dev.assay.streams.admit.Admit;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.CommandCodec;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever writes to a topic or reads from it does so in the deployment's format; one that forgets it would show in no other test. */
class WireFormatRuleTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.assay.streams", "dev.assay.service", "dev.assay.cli", "dev.assay.lab");
    /** Their bytes come from themselves and go to themselves. */
    private static final Set<Class<?>> WITHOUT_A_TOPIC =
            Set.of(HeldOut.class, JudgedFolder.class, IngestSink.class, FolderComparisons.class);

    @Test
    void whoeverHasATopicPassesItsFormatOn() {
        noClasses()
                .that(describe("have a topic", WireFormatRuleTest::mayHaveATopic))
                .should()
                .callConstructorWhere(describe(
                        "something is made without the deployment's wire format though it takes one",
                        WireFormatRuleTest::forgetsTheFormat))
                .check(OURS);
    }

    @Test
    void nobodyFramesByHand() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.assay.streams.wire.registry..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(SingleObject.class)
                .check(OURS);
    }

    private static boolean mayHaveATopic(JavaClass ours) {
        // A command's snapshot is bytes in a field of a record that has its frame.
        return !ours.isAssignableTo(CommandCodec.class)
                && WITHOUT_A_TOPIC.stream().noneMatch(ours::isEquivalentTo);
    }

    private static boolean forgetsTheFormat(JavaConstructorCall call) {
        JavaClass made = call.getTargetOwner();
        return (made.isAssignableTo(Codec.class) || made.isEquivalentTo(Admit.class))
                && !call.getOriginOwner().equals(made) // its own shorter constructor
                && takesAFormat(made)
                && call.getTarget().getRawParameterTypes().stream()
                        .noneMatch(type -> type.isEquivalentTo(WireFormat.class));
    }

    private static boolean takesAFormat(JavaClass made) {
        return made.getConstructors().stream()
                .anyMatch(constructor -> constructor.getRawParameterTypes().stream()
                        .anyMatch(type -> type.isEquivalentTo(WireFormat.class)));
    }
}
