/** {@code assay convert}. */
@NullMarked
package dev.assay.cli.convert;

import org.jspecify.annotations.NullMarked;
