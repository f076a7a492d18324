/**
 * Payloads and files of other people's systems, and the neutral ones, to judgments: pure, no I/O of their own but the reading of
 * a folder.
 */
@NullMarked
package dev.assay.service.ingest.formats;

import org.jspecify.annotations.NullMarked;
