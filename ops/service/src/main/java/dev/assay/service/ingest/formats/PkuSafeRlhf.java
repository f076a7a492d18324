package dev.assay.service.ingest.formats;

import dev.assay.service.ingest.table.KnownNames;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * PKU-SafeRLHF: which of two responses is the better one, and which the safer. Those are two questions; a setting says which
 * one is read.
 */
final class PkuSafeRlhf implements Items {
    private static final String SOURCE = "pku-safe-rlhf";
    static final Format FORMAT = new Format(
            SOURCE,
            item -> Format.has("response_0", "response_1").test(item)
                    && (item.has("better_response_id") || item.has("safer_response_id")),
            (settings, source) -> new PkuSafeRlhf(settings.of(SOURCE)),
            true);

    private final String label;
    private final String other;
    private final ColumnRows rows;

    /** @throws IllegalArgumentException naming key, bound and value */
    private PkuSafeRlhf(PlatformKeys keys) {
        try {
            String named = keys.text("label", "better");
            if (!named.equals("better") && !named.equals("safer")) {
                throw keys.must("label", "be better or safer");
            }
            keys.requireNoOther();
            label = named + "_response_id";
            other = (named.equals("better") ? "safer" : "better") + "_response_id";
            Columns columns = Columns.parse("first=response_0,second=response_1,winner=" + label
                    + "[0|1],policy-first=response_0_source,policy-second=response_1_source,annotator="
                    + String.join("|", KnownNames.ANNOTATORS));
            rows = new ColumnRows(columns, SOURCE, SOURCE, Set.of(other));
        } catch (JsonRefusal e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public List<Intake> read(JsonPlace row) throws JsonRefusal {
        List<Intake> found = new ArrayList<>();
        for (Intake intake : rows.read(row)) {
            boolean two = intake instanceof Intake.Judged && row.at(other).present();
            found.add(two ? remarked((Intake.Judged) intake) : intake);
        }
        return found;
    }

    private Intake remarked(Intake.Judged judged) {
        List<String> remarks = new ArrayList<>(judged.remarks());
        remarks.add("has two answers: " + label + " is read, " + other + " is not (pku-safe-rlhf.label in a mapping)");
        return new Intake.Judged(judged.judgment(), judged.platformId(), judged.prompt(), List.copyOf(remarks));
    }
}
