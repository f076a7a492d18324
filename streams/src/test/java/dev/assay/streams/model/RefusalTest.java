package dev.assay.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RefusalTest {
    @Test
    void aRefusalHasAReasonAndAMessageAndNoStackTrace() {
        Refusal refusal = Refusal.because(RefusalReason.INVALID_WEIGHT, "weight must be at most %d, was %s", 10, 11.5);

        assertThat(refusal.reason()).isEqualTo(RefusalReason.INVALID_WEIGHT);
        assertThat(refusal).hasMessage("weight must be at most 10, was 11.5").hasNoCause();
        assertThat(refusal.getStackTrace()).isEmpty();
    }

    @Test
    void aLongValueIsShortenedToEightyCharacters() {
        Refusal refusal = Refusal.because(RefusalReason.TOO_LONG, "%s", "x".repeat(1000));

        assertThat(refusal).hasMessage("x".repeat(79) + "…");
    }

    @Test
    void aValueOfEightyCharactersIsShownWhole() {
        assertThat(Refusal.because(RefusalReason.TOO_LONG, "%s", "x".repeat(80)))
                .hasMessage("x".repeat(80));
    }

    @Test
    void shorteningDoesNotCutACharacterInHalf() {
        Refusal refusal = Refusal.because(RefusalReason.TOO_LONG, "%s", "x".repeat(78) + "👩".repeat(9));

        assertThat(refusal).hasMessage("x".repeat(78) + "…");
    }

    @Test
    void aValueCannotForgeALogLine() {
        Refusal refusal = Refusal.because(RefusalReason.INVALID_CONTEXT, "was %s", "a\r\nERROR all is lost");

        assertThat(refusal).hasMessage("was a??ERROR all is lost");
    }
}
