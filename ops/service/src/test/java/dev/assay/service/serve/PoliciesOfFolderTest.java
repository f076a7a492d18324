package dev.assay.service.serve;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.features.VectorFeatureSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoliciesOfFolderTest {
    @Test
    void aFolderWithNothingToCompareIsRefusedNamingTheOptionOnce(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("responses.jsonl"),
                "{\"response_id\": \"r\", \"prompt_id\": \"p\", \"policy\": \"alone\", \"features\": [1, 0]}\n");

        assertThatThrownBy(() -> PoliciesOfFolder.read(
                        folder, new VectorFeatureSpace("pairs", 2), (where, reason, message, key) -> {}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("--responses " + folder
                        + " must have at least 2 policies that answered the same 2 prompts, has none");
    }
}
