package dev.assay.cli.fit;

import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.model.Judgment;
import java.util.Collection;

/** Whether judgments can tell the position bias. */
public final class PositionOption {
    private PositionOption() {}

    /** @throws InvalidInputException if none of them says what was shown first: the bias could be anything */
    public static void require(Collection<Judgment> judgments) {
        if (judgments.stream().noneMatch(judgment -> judgment.occasion().shownFirst() != null)) {
            throw new InvalidInputException(
                    "--position needs judgments with shown_first, none of " + judgments.size() + " has it");
        }
    }
}
