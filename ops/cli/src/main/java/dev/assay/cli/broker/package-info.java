/** A real Kafka inside this process, on loopback, for trying Assay and for tests. */
@NullMarked
package dev.assay.cli.broker;

import org.jspecify.annotations.NullMarked;
