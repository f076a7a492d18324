/** {@code assay fit}: one fit of a file or folder with no Kafka, and its report for people and as JSON. */
@NullMarked
package dev.assay.cli.fit;

import org.jspecify.annotations.NullMarked;
