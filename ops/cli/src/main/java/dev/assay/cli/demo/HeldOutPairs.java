package dev.assay.cli.demo;

import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/** Which pairs a demo keeps out: every fifth by a hash of the unordered pair (of a ranking all
 * its responses), so that no order and no run changes it. */
final class HeldOutPairs {
    private static final int ONE_IN = 5;

    private HeldOutPairs() {}

    static boolean contains(Judgment judgment) {
        String pair = judgment.responses().stream()
                .map(JudgedResponse::responseId)
                .sorted()
                .collect(Collectors.joining(" "));
        CRC32 hash = new CRC32();
        hash.update(pair.getBytes(StandardCharsets.UTF_8));
        return hash.getValue() % ONE_IN == 0;
    }
}
