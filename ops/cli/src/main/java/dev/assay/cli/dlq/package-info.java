/** {@code assay dlq}: what was refused, why, and back with it. */
@NullMarked
package dev.assay.cli.dlq;

import org.jspecify.annotations.NullMarked;
