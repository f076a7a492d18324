/**
 * Files of judgments made into files of another layout: read as an ingest reads them, written so that reading them again
 * gives the same judgments.
 */
@NullMarked
package dev.assay.service.convert;

import org.jspecify.annotations.NullMarked;
