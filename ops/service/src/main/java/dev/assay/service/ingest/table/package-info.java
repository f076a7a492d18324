/** What stands in rows: names of columns, cells, texts and dialogues, however people write them, and what may be guessed of them. */
@NullMarked
package dev.assay.service.ingest.table;

import org.jspecify.annotations.NullMarked;
