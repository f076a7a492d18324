/**
 * Scores over HTTP: from the newest snapshot, every number with its uncertainty. A request is answered from one snapshot, on the
 * thread that received it; nothing here waits for Kafka.
 */
@NullMarked
package dev.assay.service.serve;

import org.jspecify.annotations.NullMarked;
