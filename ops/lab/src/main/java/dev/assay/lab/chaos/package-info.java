/**
 * The fault harness: real brokers and estimators as child processes, killed, paused and restarted by a seeded schedule
 * while judgments stream, and the published estimate against an offline fit of what was acknowledged. See
 * {@code ops/docs/chaos.md}.
 */
@NullMarked
package dev.assay.lab.chaos;

import org.jspecify.annotations.NullMarked;
