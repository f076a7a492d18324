/**
 * What the streaming part costs, measured on a real broker in a process of its own; each class with a {@code main} is one
 * question and has a script of its name in {@code ops/bench}.
 */
@NullMarked
package dev.assay.bench.streaming;

import org.jspecify.annotations.NullMarked;
