/**
 * The schema registry: records framed by a schema's id there instead of its fingerprint. A client of the few calls that takes,
 * in the dialect of {@code ccompat} version 7, which Apicurio, Karapace and Confluent speak.
 */
@NullMarked
package dev.assay.streams.wire.registry;

import org.jspecify.annotations.NullMarked;
