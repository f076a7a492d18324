package dev.assay.service.export;

/**
 * What became of every comparison that stands: {@code standing = (rows − rows of rankings) + rankings + ties + otherContext +
 * withoutTexts}.
 *
 * @param standing comparisons on the compacted topic that no tombstone took back
 * @param rows written
 * @param ties left out: no response was preferred to all others
 * @param rankings of more than two responses, written as the best against each of the others
 * @param otherContext left out: encoded by another context spec than the snapshot's
 * @param withoutTexts left out: a text is beyond the retention of judgments, was never sent, or its prompt is not in the file
 */
public record ExportCounts(long standing, Rows rows, long ties, long rankings, long otherContext, long withoutTexts) {
    /**
     * Rows written.
     *
     * @param all of them
     * @param ofIds with an id where a text is gone
     * @param ofRankings of more than two responses
     * @param zeroWeight whose annotators are estimated to judge no better than by chance
     */
    public record Rows(long all, long ofIds, long ofRankings, long zeroWeight) {}

    /** @throws IllegalStateException if a comparison is counted twice or nowhere */
    public ExportCounts {
        if (standing != rows.all - rows.ofRankings + rankings + ties + otherContext + withoutTexts
                || rows.ofIds > rows.all
                || rows.zeroWeight > rows.all) {
            throw new IllegalStateException("the counts of the export do not add up: " + standing + " standing, " + rows
                    + " of " + rankings + " rankings, " + ties + " ties, " + otherContext + " of another context spec, "
                    + withoutTexts + " without texts");
        }
    }

    public String text() {
        return standing + " comparisons stand: " + rows.all + " rows written (" + rows.zeroWeight + " of weight 0, "
                + rows.ofIds + " with ids for texts), left out " + ties + " ties, " + otherContext
                + " of another context spec, " + withoutTexts + " without texts; " + rankings + " rankings as "
                + rows.ofRankings + " of the rows";
    }
}
