/** {@code assay features}: the files that say how texts become features. */
@NullMarked
package dev.assay.cli.features;

import org.jspecify.annotations.NullMarked;
