/** The {@code assay} command: all groups of commands under one name, and whatever further commands the class path has. */
@NullMarked
package dev.assay.cli;

import org.jspecify.annotations.NullMarked;
