/**
 * From what is judged to numbers: context features ψ by the context spec, response features φ by the feature space. Stream,
 * batch fit and scorer encode by the same code and get the same bits.
 */
@NullMarked
package dev.assay.streams.features;

import org.jspecify.annotations.NullMarked;
