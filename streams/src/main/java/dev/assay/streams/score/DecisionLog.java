package dev.assay.streams.score;

import dev.assay.streams.model.Decision;

/** Where decisions are kept. Never holds an answer up: what cannot be kept is dropped and counted. */
@FunctionalInterface
public interface DecisionLog {
    /** Keeps a decision, soon. */
    void keep(Decision decision);
}
