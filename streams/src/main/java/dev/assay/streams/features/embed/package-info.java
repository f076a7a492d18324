/**
 * Texts to vectors by somebody else's server: one HTTP exchange, around it the patience that a server which is busy or
 * restarting needs, around that the queue in which the texts of several threads meet. Knows nothing of judgments.
 */
@NullMarked
package dev.assay.streams.features.embed;

import org.jspecify.annotations.NullMarked;
