package dev.assay.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.ingest.JudgedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderCampaignTest {
    @TempDir
    Path folder;

    @Test
    void aFolderWithFewJudgmentsStillGetsARerun() throws Exception {
        write(40);
        DemoCampaign campaign =
                FolderCampaign.of(JudgedData.whole(folder), List.of(folder), folder, "localhost:1", false);
        assertThat(campaign.deployment().schedule().minimumJudgments())
                .isLessThanOrEqualTo(campaign.training().size());
    }

    @Test
    void onlyAttributesTheFolderHasAreInTheContextSpec() throws Exception {
        write(40);
        DemoCampaign campaign =
                FolderCampaign.of(JudgedData.whole(folder), List.of(folder), folder, "localhost:1", false);
        assertThat(campaign.deployment().contextSpec().names()).containsExactly("experience");
    }

    @Test
    void everyJudgmentIsEitherStreamedOrHeldOut() throws Exception {
        write(40);
        DemoCampaign campaign =
                FolderCampaign.of(JudgedData.whole(folder), List.of(folder), folder, "localhost:1", false);
        assertThat(campaign.training().size() + campaign.heldOut().size()).isEqualTo(40);
        assertThat(campaign.training()).noneMatch(DemoCampaign.Judgments::isHeldOut);
    }

    @Test
    void rowsOfAFileAreACampaignWithTheTextsOfTheirResponses() throws Exception {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            rows.append("{\"prompt\": \"Question %d?\", \"chosen\": \"%s\", \"rejected\": \"%s\"}\n"
                    .formatted(i % 10, "good w" + i * i + " more".repeat(i), "bad v" + i * 7 + " less".repeat(i)));
        }
        Path file = Files.writeString(folder.resolve("Rows 1.jsonl"), rows);

        DemoCampaign campaign = FolderCampaign.of(JudgedData.whole(file), List.of(file), folder, "localhost:1", false);

        assertThat(campaign.training().size() + campaign.heldOut().size()).isEqualTo(40);
        assertThat(campaign.deployment().model()).isEqualTo("rows-1-jsonl");
        assertThat(campaign.prompts())
                .hasSize(3)
                .allSatisfy(prompt -> assertThat(prompt.candidates()).hasSize(8));
        assertThat(campaign.policies()).isNotNull();
    }

    private void write(int judgments) throws IOException {
        StringBuilder responses = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            String text = "word" + i + " and some more".repeat(i + 1);
            responses.append("{\"response_id\": \"r%d\", \"prompt_id\": \"p\", \"text\": \"%s\"}\n".formatted(i, text));
        }
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < judgments; i++) {
            lines.append("""
                    {"judgment_id": "j%d", "annotator_id": "a%d", "context": {"experience": %d}, "prompt_id": "p", \
                    "first": "r%d", "second": "r%d", "preference": "FIRST"}
                    """.formatted(
                            i, i % 3, i, i % 8, (i + 1 + i / 8) % 8 == i % 8 ? (i + 1) % 8 : (i + 1 + i / 8) % 8));
        }
        Files.writeString(folder.resolve("responses.jsonl"), responses);
        Files.writeString(folder.resolve("judgments.jsonl"), lines);
    }
}
