/**
 * From judgments to the maximum of the likelihood: shards sum statistics at a point, a pure function decides what to ask
 * next. The same code runs in one process and over topics: MODEL §2, §3 and §6.
 */
@NullMarked
package dev.assay.estimator.descent;

import org.jspecify.annotations.NullMarked;
