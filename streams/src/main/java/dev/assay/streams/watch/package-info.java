/** What a role looks for in its brokers: transactions that were left open for ever. */
@NullMarked
package dev.assay.streams.watch;

import org.jspecify.annotations.NullMarked;
