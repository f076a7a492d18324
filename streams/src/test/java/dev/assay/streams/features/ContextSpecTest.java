package dev.assay.streams.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.RefusalReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContextSpecTest {
    private static final String ARGUMENTS = """
            attributes:
              - {name: stance, kind: categorical, reference: unstated, levels: [same, opposite]}
              - {name: experience, kind: numeric, transform: log1p, scale: 5, cap: 2, centre: 0.5}
              - {name: session_seconds, kind: numeric, transform: log1p, centre: 5}
            """;
    private static final ContextSpec SPEC = spec(ARGUMENTS);

    @Test
    void anExampleWorkedByHand() throws Refusal {
        ContextFeatures features = SPEC.encode(Map.of("stance", "opposite", "experience", 9, "session_seconds", 153));

        assertThat(features.offset()).isEqualTo(1);
        // ln 10 / 5 − 0.5 = −0.039483, ln 154 − 5 = 0.036953; float32 keeps seven digits.
        assertThat(features.context()).containsExactly(new float[] {0, 1, -0.0394830f, 0.0369526f}, within(1e-6f));
        assertThat(features.unseenLevels()).isZero();
        assertThat(features.missing()).isZero();
    }

    @Test
    void theColumnsAreNamedAndCounted() {
        assertThat(SPEC.names()).containsExactly("stance=same", "stance=opposite", "experience", "session_seconds");
        assertThat(SPEC.dimension()).isEqualTo(4);
    }

    @Test
    void withoutAttributesPsiIsEmpty() throws Refusal {
        ContextSpec spec = spec("offset: 0.5");

        assertThat(spec.encode(Map.of("stance", "same")).context()).isEmpty();
        assertThat(spec.encode(Map.of()).offset()).isEqualTo(0.5f);
        assertThat(spec.dimension()).isZero();
        assertThat(spec.names()).isEmpty();
    }

    @Test
    void theReferenceLevelHasNoColumnAndIsNotUnseen() throws Refusal {
        ContextFeatures features = SPEC.encode(Map.of("stance", "unstated", "experience", 0, "session_seconds", 0));

        assertThat(features.context()).containsExactly(0, 0, -0.5f, -5);
        assertThat(features.unseenLevels()).isZero();
    }

    @Test
    void aLevelNotListedGoesToTheReferenceAndIsCounted() throws Refusal {
        ContextFeatures features = SPEC.encode(Map.of("stance", "sideways", "experience", 0, "session_seconds", 0));

        assertThat(features.context()).startsWith(0, 0);
        assertThat(features.unseenLevels()).isEqualTo(1);
        assertThat(features.missing()).isZero();
    }

    @Test
    void whatIsMissingGivesZeroAndIsCounted() throws Refusal {
        ContextFeatures features = SPEC.encode(Map.of("weather", "fine"));

        assertThat(features.context()).containsExactly(0, 0, 0, 0);
        assertThat(features.missing()).isEqualTo(3);
        assertThat(features.unseenLevels()).isZero();
    }

    @Test
    void theCapHoldsAfterScalingAndBeforeCentring() throws Refusal {
        // ln(1 + 1e9) / 5 is 4.1, above the cap of 2; 2 − 0.5 = 1.5.
        assertThat(SPEC.encode(Map.of("experience", 1_000_000_000)).context()[2])
                .isEqualTo(1.5f);
    }

    @Test
    void numbersMayComeAsText() throws Refusal {
        float[] asText = SPEC.encode(Map.of("experience", " 9.0e0 ")).context();

        assertThat(asText).isEqualTo(SPEC.encode(Map.of("experience", 9)).context());
    }

    @ParameterizedTest
    @CsvSource({"identity, 4, 4", "log1p, 4, 1.6094379", "log, 4, 1.3862944", "sqrt, 4, 2", "sqrt, 0, 0"})
    void eachTransformIsWhatItsNameSays(String transform, double value, float expected) throws Refusal {
        ContextSpec spec = spec("attributes: [{name: x, kind: numeric, transform: " + transform + "}]");

        assertThat(spec.encode(Map.of("x", value)).context()[0]).isEqualTo(expected);
    }

    @Test
    void numbersAndBooleansNameLevelsByTheirText() throws Refusal {
        ContextSpec spec = spec("attributes: [{name: x, kind: categorical, reference: 0, levels: [3, true, 2.5]}]");

        assertThat(spec.encode(Map.of("x", 3)).context()).containsExactly(1, 0, 0);
        assertThat(spec.encode(Map.of("x", 3L)).context()).containsExactly(1, 0, 0);
        assertThat(spec.encode(Map.of("x", 3.0)).context()).containsExactly(1, 0, 0);
        assertThat(spec.encode(Map.of("x", true)).context()).containsExactly(0, 1, 0);
        assertThat(spec.encode(Map.of("x", 2.5)).context()).containsExactly(0, 0, 1);
        assertThat(spec.encode(Map.of("x", 0)).unseenLevels()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "log1p, -1, above -1 for log1p",
        "log, 0, above 0 for log",
        "sqrt, -0.25, at least 0 for sqrt",
        "identity, 1e39, at most 3.4028235E38 in size once scaled",
        "identity, twelve, a number",
        "identity, '', a number",
        "identity, NaN, a number",
        "identity, 0x10, a number",
        "identity, 1e999, finite"
    })
    void aBadNumberIsRefusedWithFieldBoundAndValue(String transform, String value, String bound) {
        ContextSpec spec = spec("attributes: [{name: pace, kind: numeric, transform: " + transform + "}]");

        assertThatThrownBy(() -> spec.encode(Map.of("pace", value)))
                .isInstanceOf(Refusal.class)
                .hasMessage("context.pace must be " + bound + ", was " + value)
                .extracting(e -> ((Refusal) e).reason())
                .isEqualTo(RefusalReason.INVALID_CONTEXT);
    }

    @Test
    void numbersThatAreNotFiniteAreRefused() {
        for (Number number : List.of(Double.NaN, Float.POSITIVE_INFINITY, new BigDecimal("1e400"))) {
            assertThatThrownBy(() -> SPEC.encode(Map.of("experience", number)))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("context.experience must be finite, was " + number);
        }
    }

    @Test
    void valuesOfOtherTypesAreRefused() {
        assertThatThrownBy(() -> SPEC.encode(Map.of("experience", true)))
                .hasMessage("context.experience must be a number, was true");
        assertThatThrownBy(() -> SPEC.encode(Map.of("stance", List.of("same"))))
                .hasMessage("context.stance must be text, a number or a boolean, was [same]");
        assertThatThrownBy(() -> SPEC.encode(Map.of("experience", "9".repeat(65))))
                .hasMessageStartingWith("context.experience must be a number, was 999");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "offset: 0 | context.offset must be finite and not 0, was 0.0",
                "offset: 1e-60 | context.offset must be finite and not 0, was 1.0E-60",
                "offset: 1e39 | context.offset must be finite and not 0, was 1.0E39",
                "attributes: [{kind: numeric}] | context.attributes: name must have 1 to 100 characters, was missing",
                "attributes: [{kind: numeric, name: x, scale: 0}] | context.attributes 'x': scale must be above 0 and finite, was 0.0",
                "attributes: [{kind: numeric, name: x, scale: -2}] | context.attributes 'x': scale must be above 0 and finite, was -2.0",
                "attributes: [{kind: numeric, name: x, cap: 1e999}] | context.attributes 'x': cap must be finite, was Infinity",
                "attributes: [{kind: numeric, name: x, centre: 1e999}] | context.attributes 'x': centre must be finite, was Infinity",
                "attributes: [{kind: categorical, name: x, levels: [a]}] | context.attributes 'x': reference must have 1 to 100 characters, was missing",
                "attributes: [{kind: categorical, name: x, reference: a}] | context.attributes 'x': levels must name at least one level, was empty",
                "attributes: [{kind: categorical, name: x, reference: a, levels: [b, ' ']}] | context.attributes 'x': a level must have 1 to 100 characters, was ' '",
                "attributes: [{kind: categorical, name: x, reference: a, levels: [b, b]}] | context.attributes 'x': levels must be distinct and not the reference, was 'b' twice",
                "attributes: [{kind: categorical, name: x, reference: a, levels: [a]}] | context.attributes 'x': levels must be distinct and not the reference, was 'a' twice",
                "attributes: [{kind: numeric, name: x}, {kind: numeric, name: x}] | context.attributes must have distinct names, was 'x' twice",
                "attributes: [{kind: numeric, name: x=y}, {kind: categorical, name: x, reference: a, levels: [y]}] | context.attributes must give distinct columns, was 'x=y' twice",
                "attributes: [null] | context.attributes[0] must be an attribute, was empty"
            })
    void aBadSpecIsRefusedWithKeyBoundAndValue(String yaml, String message) {
        assertThatThrownBy(() -> YAMLMapper.builder().build().readValue(yaml, ContextSpec.class))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void moreThanAThousandColumnsAreRefused() {
        List<ContextAttribute> many = IntStream.rangeClosed(0, 1024)
                .<ContextAttribute>mapToObj(i -> new NumericAttribute("x" + i, Transform.IDENTITY, 1, null, 0))
                .toList();

        assertThatThrownBy(() -> new ContextSpec(1, many))
                .hasMessage("context.attributes must give at most 1024 columns, was 1025");
    }

    @Test
    void theIdIsTheSameEverywhere() {
        // Pinned: comparisons and snapshots on topics carry it.
        assertThat(SPEC.id()).isEqualTo("3428f81354f9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "offset: 2",
                "attributes: [{name: x, kind: numeric}]",
                "attributes: [{name: y, kind: numeric}]",
                "attributes: [{name: x, kind: numeric, transform: sqrt}]",
                "attributes: [{name: x, kind: numeric, scale: 2}]",
                "attributes: [{name: x, kind: numeric, cap: 2}]",
                "attributes: [{name: x, kind: numeric, centre: 2}]",
                "attributes: [{name: x, kind: categorical, reference: a, levels: [b, c]}]",
                "attributes: [{name: x, kind: categorical, reference: a, levels: [c, b]}]",
                "attributes: [{name: x, kind: categorical, reference: b, levels: [a, c]}]",
                "attributes: [{name: x, kind: numeric}, {name: y, kind: numeric}]",
                "attributes: [{name: y, kind: numeric}, {name: x, kind: numeric}]"
            })
    void theIdChangesWithEverythingThatChangesPsi(String yaml) {
        List<String> others = List.of("offset: 1", "attributes: [{name: x, kind: numeric, cap: 3}]", ARGUMENTS);

        assertThat(others.stream().map(other -> spec(other).id()))
                .doesNotContain(spec(yaml).id());
        assertThat(spec(yaml).id()).isEqualTo(spec(yaml).id()).hasSize(12);
    }

    @Test
    void aSpecSurvivesJson() throws Exception {
        ObjectMapper json = new ObjectMapper();

        assertThat(json.readValue(json.writeValueAsString(SPEC), ContextSpec.class))
                .isEqualTo(SPEC);
    }

    private static ContextSpec spec(String yaml) {
        try {
            return YAMLMapper.builder().build().readValue(yaml, ContextSpec.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
