package dev.assay.service.ingest.formats;

import java.util.List;

/** The rankings of two responses. */
final class Ranks {
    static final List<Integer> FIRST = List.of(1, 2);
    static final List<Integer> SECOND = List.of(2, 1);
    static final List<Integer> TIE = List.of(1, 1);

    private Ranks() {}
}
