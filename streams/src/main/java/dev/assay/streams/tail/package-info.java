/** Topics read without a group: from the beginning once through, near their end, or on and on. */
@NullMarked
package dev.assay.streams.tail;

import org.jspecify.annotations.NullMarked;
