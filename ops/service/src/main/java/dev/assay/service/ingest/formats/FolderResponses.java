package dev.assay.service.ingest.formats;

import dev.assay.service.ingest.formats.NeutralFolder.StoredResponse;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import dev.assay.streams.model.JudgedResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The responses of a folder. People number them anew for each prompt, so that only prompt and response together are an
 * identity. One that stands twice with another content is neither: nobody knows which of them was judged.
 */
public final class FolderResponses {
    private final Map<String, Map<String, Line>> byId = new HashMap<>(); // and by prompt
    private final List<StoredResponse> inOrder = new ArrayList<>();

    /** @param other the line on which the same response is another; 0: there is none */
    private record Line(StoredResponse response, JudgedResponse judged, long number, long other) {}

    /** @throws JsonRefusal if the response is there with another content */
    void add(StoredResponse response, long number) throws JsonRefusal {
        Map<String, Line> prompts = byId.computeIfAbsent(response.responseId(), unseen -> new HashMap<>(2));
        Line before = prompts.get(response.promptId());
        if (before == null) {
            JudgedResponse judged =
                    new JudgedResponse(response.responseId(), response.policy(), response.text(), response.features());
            prompts.put(response.promptId(), new Line(response, judged, number, 0));
            inOrder.add(response);
        } else if (!alike(before.response(), response)) {
            prompts.put(response.promptId(), new Line(before.response(), before.judged(), before.number(), number));
            throw new JsonRefusal("response_id " + Shown.of(response.responseId()) + " of prompt_id "
                    + Shown.of(response.promptId()) + " must be one response, line " + before.number()
                    + " has it with another content");
        }
    }

    private static boolean alike(StoredResponse one, StoredResponse other) {
        return Objects.equals(one.policy(), other.policy())
                && Objects.equals(one.text(), other.text())
                && Arrays.equals(one.features(), other.features());
    }

    /** @return all, in file order */
    public Collection<StoredResponse> values() {
        return inOrder;
    }

    /** @return the response that a judgment about a prompt names */
    JudgedResponse named(JsonPlace id, String promptId) throws JsonRefusal {
        Map<String, Line> prompts = byId.get(id.id());
        if (prompts == null) {
            throw id.must("name a response of this folder");
        }
        @Nullable Line line = prompts.get(promptId);
        if (line == null) {
            throw id.must("name a response to the prompt " + Shown.of(promptId) + ", answers "
                    + Shown.of(String.join(", ", prompts.keySet())));
        }
        if (line.other() > 0) {
            throw id.must("name one response, stands on the lines " + line.number() + " and " + line.other()
                    + " of the responses with different contents");
        }
        return line.judged();
    }
}
