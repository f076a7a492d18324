/**
 * Bytes to items: what a file is packed in, its encoding, and whether it holds lines, one array, objects one after the other
 * or a table. What an item means is nothing to these classes; what they cannot read they name, with its place.
 */
@NullMarked
package dev.assay.service.ingest.files;

import org.jspecify.annotations.NullMarked;
