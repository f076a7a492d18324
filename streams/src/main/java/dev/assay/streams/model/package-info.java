/**
 * What the stages work with and what travels between them, as plain values: judgments, comparisons, orders, reports, snapshots,
 * requests, refusals. No Kafka, and no Avro but the generated records that are carriers and nothing else.
 */
@NullMarked
package dev.assay.streams.model;

import org.jspecify.annotations.NullMarked;
