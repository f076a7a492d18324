/**
 * Each shard keeps the comparisons of its partition in a columnar store, restored from the compacted topic alone:
 * that topic is the database and this store only its index, so nothing is written twice.
 */
@NullMarked
package dev.assay.streams.collect;

import org.jspecify.annotations.NullMarked;
