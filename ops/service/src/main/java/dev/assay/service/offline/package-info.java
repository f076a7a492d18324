/** Fits without the stream: comparisons as they stand on their topic, in this process, in float64; and what they predict. */
@NullMarked
package dev.assay.service.offline;

import org.jspecify.annotations.NullMarked;
