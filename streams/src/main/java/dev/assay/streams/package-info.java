/**
 * Assay's stages on Kafka: adapt, admit, collect, descend, publish, score. This package only wires them; each stage has
 * its own package and imports only those before it.
 */
@NullMarked
package dev.assay.streams;

import org.jspecify.annotations.NullMarked;
