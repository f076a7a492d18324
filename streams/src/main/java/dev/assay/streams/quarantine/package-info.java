/**
 * Records that their readers cannot use: put aside with place and reason, counted and told, so that the next one is read. A
 * reader checks all of a record before it changes anything.
 */
@NullMarked
package dev.assay.streams.quarantine;

import org.jspecify.annotations.NullMarked;
