package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How the platforms of a deployment write their judgments.
 *
 * @param labelStudio Label Studio
 * @param argilla Argilla
 */
public record PlatformSettings(LabelStudioSettings labelStudio, ArgillaSettings argilla) {
    public static final PlatformSettings DEFAULTS = of(null, null);

    @JsonCreator
    static PlatformSettings of(
            @JsonProperty("label-studio") @Nullable LabelStudioSettings labelStudio,
            @JsonProperty("argilla") @Nullable ArgillaSettings argilla) {
        return new PlatformSettings(
                labelStudio == null ? LabelStudioSettings.DEFAULTS : labelStudio,
                argilla == null ? ArgillaSettings.DEFAULTS : argilla);
    }
}
