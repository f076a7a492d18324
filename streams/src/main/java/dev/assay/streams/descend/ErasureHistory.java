package dev.assay.streams.descend;

import dev.assay.schemas.descend.Erasure;
import dev.assay.streams.model.Command;
import java.util.List;
import java.util.Set;

/**
 * What topics say of erasures, as far as they go back. Commands are kept for 7 days and receipts for 90: a command whose
 * receipt is not there has none.
 *
 * @param commands that asked for them, in the order they came
 * @param receipts the ids of commands whose receipts are there
 * @param denied the newest entry of each annotator on the deny list
 */
public record ErasureHistory(List<Command.EraseAnnotator> commands, Set<String> receipts, List<Erasure> denied) {
    /** Nobody was ever to be erased. */
    public static final ErasureHistory NOTHING = new ErasureHistory(List.of(), Set.of(), List.of());

    public ErasureHistory {
        commands = List.copyOf(commands);
        receipts = Set.copyOf(receipts);
        denied = List.copyOf(denied);
    }
}
