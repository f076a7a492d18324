/** What proves the engine, as further subcommands: {@code assay simulate} and {@code assay chaos}. Not in the production image. */
@NullMarked
package dev.assay.lab;

import org.jspecify.annotations.NullMarked;
