/**
 * The border: Avro records on one side, plain values on the other. Only this package sees generated classes; everything
 * below works with the values it makes. Also here: how keys choose partitions, and the neutral file format.
 */
@NullMarked
package dev.assay.streams.adapt;

import org.jspecify.annotations.NullMarked;
