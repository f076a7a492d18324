/**
 * From judgments to the maximum of the likelihood: a method, which is a pure function, decides what to ask the shards next.
 * The same code runs in one process and over topics: MODEL §2, §3 and §6. A method is one file; the {@code Problem} it solves
 * and the {@code Evaluation} of an answer are apart from it.
 */
@NullMarked
package dev.assay.estimator.descent;

import org.jspecify.annotations.NullMarked;
