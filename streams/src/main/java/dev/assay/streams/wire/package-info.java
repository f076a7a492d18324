/**
 * The border: Avro records on one side, the values of the model on the other. Only this package sees generated classes,
 * but for carriers that are nothing else: events, erasures, keys of comparisons. Also here: the headers of dead letters, and how keys choose partitions.
 */
@NullMarked
package dev.assay.streams.wire;

import org.jspecify.annotations.NullMarked;
