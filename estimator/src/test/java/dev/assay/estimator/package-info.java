/** What the tests of several packages share: the numerical truth and the seeds. */
@NullMarked
package dev.assay.estimator;

import org.jspecify.annotations.NullMarked;
