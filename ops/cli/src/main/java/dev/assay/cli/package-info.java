/**
 * The {@code assay} command: the demo, the roles, the tools, and the broker it carries for trying things out. Wiring and
 * words only; what is decided is decided in the modules below.
 */
@NullMarked
package dev.assay.cli;

import org.jspecify.annotations.NullMarked;
