package dev.assay.service.ingest.formats;

import dev.assay.streams.json.Shown;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A judgment as one would tell it, so that people see whether their file was read as they meant it. */
public final class InWords {
    private static final int LONGEST = 40;

    private InWords() {}

    /** @return such as {@code ann preferred *Blue …* to *None …* for *Name a colour.*} */
    public static String of(Intake.Judged judged) {
        Judgment judgment = judged.judgment();
        String who = judgment.annotatorId() == null ? "somebody" : Shown.of(judgment.annotatorId());
        String what = judged.prompt() == null ? "" : " for " + shown(judged.prompt());
        TreeMap<Integer, List<String>> byRank = new TreeMap<>();
        for (int i = 0; i < judgment.responses().size(); i++) {
            byRank.computeIfAbsent(judgment.ranking().get(i), unseen -> new ArrayList<>())
                    .add(shown(judgment.responses().get(i)));
        }
        List<String> ranks =
                byRank.values().stream().map(each -> String.join(" and ", each)).toList();
        if (ranks.size() == 1) {
            return who + " found " + ranks.get(0) + " equal" + what;
        }
        return who + " preferred " + ranks.get(0) + " to " + String.join(", then ", ranks.subList(1, ranks.size()))
                + what;
    }

    private static String shown(JudgedResponse response) {
        return shown(response.text() == null ? response.responseId() : response.text());
    }

    /** As many of its first words as fit. */
    private static String shown(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        if (line.codePointCount(0, line.length()) <= LONGEST) {
            return "*" + Shown.of(line) + "*";
        }
        String cut = line.substring(0, line.offsetByCodePoints(0, LONGEST));
        int blank = cut.lastIndexOf(' ');
        return "*" + Shown.of(blank > 0 ? cut.substring(0, blank) : cut) + " …*";
    }
}
