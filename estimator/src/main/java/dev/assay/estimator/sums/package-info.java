/**
 * Sums over columns: one pass answers a question, running sums stay current with every row that comes and goes. What a shard
 * is asked and what it answers: MODEL §1 and (7).
 */
@NullMarked
package dev.assay.estimator.sums;

import org.jspecify.annotations.NullMarked;
