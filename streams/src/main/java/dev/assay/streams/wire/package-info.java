/**
 * The border: Avro records on one side, the values of the model on the other. Only this package sees generated classes.
 * Also here: the headers of dead letters, and how keys choose partitions.
 */
@NullMarked
package dev.assay.streams.wire;

import org.jspecify.annotations.NullMarked;
