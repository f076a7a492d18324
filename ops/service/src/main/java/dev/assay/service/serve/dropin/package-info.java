/**
 * Contracts of other people's servers, so that their clients can ask Assay for rewards without knowing it: OpenRLHF, vLLM, Jina,
 * Text Embeddings Inference, KServe. What they have no word for is left out or put where they log it; fields that only steer
 * their own models are read over.
 */
@NullMarked
package dev.assay.service.serve.dropin;

import org.jspecify.annotations.NullMarked;
