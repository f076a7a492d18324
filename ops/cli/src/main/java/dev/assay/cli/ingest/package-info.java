/** {@code assay ingest}: files to the topic of judgments. */
@NullMarked
package dev.assay.cli.ingest;

import org.jspecify.annotations.NullMarked;
