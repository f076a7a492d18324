/**
 * A finished fit becomes a snapshot with the next version, on the topics of parameters and history, with an event.
 */
@NullMarked
package dev.assay.streams.publish;

import org.jspecify.annotations.NullMarked;
