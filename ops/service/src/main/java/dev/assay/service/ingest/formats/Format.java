package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The formats a file may have; the more telling ones first, since items are recognised in this order. */
public enum Format {
    NEUTRAL,
    LABEL_STUDIO,
    ARGILLA,
    PRISM,
    MULTIPREF,
    HELPSTEER3,
    LMARENA,
    ULTRAFEEDBACK,
    TRL;

    private List<String> members() {
        return switch (this) {
            case NEUTRAL -> List.of("judgment_id", "responses");
            case LABEL_STUDIO -> List.of("annotations", "data");
            case ARGILLA -> List.of("fields", "responses");
            case PRISM -> List.of("interaction_id", "if_chosen");
            case MULTIPREF -> List.of("comparison_id", "normal_worker_annotations");
            case HELPSTEER3 -> List.of("overall_preference", "response1");
            case LMARENA -> List.of("model_a", "model_b", "winner");
            case ULTRAFEEDBACK -> List.of("chosen", "rejected", "score_chosen", "prompt_id");
            case TRL -> List.of("chosen", "rejected");
        };
    }

    /** @return what the command calls it, such as {@code label-studio} */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @return the format of that title */
    public static Optional<Format> called(String title) {
        return Arrays.stream(values())
                .filter(each -> each.title().equals(title))
                .findFirst();
    }

    /** @return the format an item seems to have */
    public static Optional<Format> of(JsonNode item) {
        if (item.isObject() && item.path("action").isTextual() && item.has("project")) {
            return Optional.of(LABEL_STUDIO); // webhook bodies that somebody kept
        }
        if (item.isObject() && item.path("type").asText().startsWith("response.") && item.has("data")) {
            return Optional.of(ARGILLA);
        }
        if (item.isObject() && item.has("judgmentId") && item.has("responses")) {
            return Optional.of(NEUTRAL); // as its fields were called before
        }
        return Arrays.stream(values())
                .filter(each -> item.isObject() && each.members().stream().allMatch(item::has))
                .findFirst();
    }

    /**
     * @param settings how platforms write their judgments
     * @param labelConfig Label Studio's, which its export files do not carry; null: none
     * @param source of neutral judgments that name none
     * @return a new reader of this format
     */
    public Items items(PlatformSettings settings, @Nullable String labelConfig, String source) {
        return switch (this) {
            case NEUTRAL -> new NeutralJson(source);
            case LABEL_STUDIO -> new LabelStudio(settings.labelStudio(), labelConfig);
            case ARGILLA -> new Argilla(settings.argilla());
            case PRISM -> new PrismUtterances();
            case MULTIPREF -> new MultiPref();
            case HELPSTEER3 -> new HelpSteer3();
            case LMARENA -> new LmArena();
            case ULTRAFEEDBACK -> new UltraFeedback();
            case TRL -> new TrlRows();
        };
    }
}
