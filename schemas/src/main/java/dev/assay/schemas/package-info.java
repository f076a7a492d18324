/**
 * The contract: what travels on Assay's topics. The Avro records are generated from {@code src/main/avro}; by hand are
 * only the catalogue of topics and the single-object encoding that frames every value.
 */
@NullMarked
package dev.assay.schemas;

import org.jspecify.annotations.NullMarked;
