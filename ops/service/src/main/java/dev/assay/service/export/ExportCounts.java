package dev.assay.service.export;

/**
 * What became of every comparison that stands: {@code standing = (rows − rowsOfRankings) + rankings + ties + otherContext +
 * withoutTexts}.
 *
 * @param standing comparisons on the compacted topic that no tombstone took back
 * @param rows written
 * @param rowsOfIds of the rows, those with an id where a text is gone
 * @param zeroWeight of the rows, those whose annotators are estimated to judge no better than by chance
 * @param ties left out: no response was preferred to all others
 * @param rankings of more than two responses, written as the best against each of the others
 * @param rowsOfRankings of the rows, those
 * @param otherContext left out: encoded by another context spec than the snapshot's
 * @param withoutTexts left out: a text is beyond the retention of judgments, was never sent, or its prompt is not in the file
 */
public record ExportCounts(
        long standing,
        long rows,
        long rowsOfIds,
        long zeroWeight,
        long ties,
        long rankings,
        long rowsOfRankings,
        long otherContext,
        long withoutTexts) {
    /** @throws IllegalStateException if a comparison is counted twice or nowhere */
    public ExportCounts {
        if (standing != rows - rowsOfRankings + rankings + ties + otherContext + withoutTexts
                || rowsOfIds > rows
                || zeroWeight > rows) {
            throw new IllegalStateException("the counts of the export do not add up: " + standing + " standing, " + rows
                    + " rows (" + rowsOfIds + " of ids, " + zeroWeight + " of weight 0, " + rowsOfRankings + " of "
                    + rankings + " rankings), " + ties + " ties, " + otherContext + " of another context spec, "
                    + withoutTexts + " without texts");
        }
    }

    public String text() {
        return standing + " comparisons stand: " + rows + " rows written (" + zeroWeight + " of weight 0, " + rowsOfIds
                + " with ids for texts), left out " + ties + " ties, " + otherContext + " of another context spec, "
                + withoutTexts + " without texts; " + rankings + " rankings as " + rowsOfRankings + " of the rows";
    }
}
