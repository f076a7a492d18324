/**
 * What the stages work with and what travels between them, as plain values: judgments, comparisons, orders, reports, snapshots,
 * requests, refusals. No Avro, no Kafka.
 */
@NullMarked
package dev.assay.streams.model;

import org.jspecify.annotations.NullMarked;
