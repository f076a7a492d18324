package dev.assay.cli;

import dev.assay.streams.adapt.Judgment;
import java.util.Collection;

/** Whether judgments can tell the position bias. */
final class PositionOption {
    private PositionOption() {}

    /** @throws InvalidInputException if none of them says what was shown first: the bias could be anything */
    static void require(Collection<Judgment> judgments) {
        if (judgments.stream().noneMatch(judgment -> judgment.shownFirst() != null)) {
            throw new InvalidInputException(
                    "--position needs judgments with shown_first, none of " + judgments.size() + " has it");
        }
    }
}
