/**
 * Assay's stages on Kafka: admit, collect, descend, publish, score. This package only wires them and reads the config; each
 * stage has its own package and imports only those before it.
 */
@NullMarked
package dev.assay.streams;

import org.jspecify.annotations.NullMarked;
