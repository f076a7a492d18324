/** The roles as commands, until interrupted: {@code assay estimator}, {@code scorer}, {@code gateway}, {@code broker}. */
@NullMarked
package dev.assay.cli.roles;

import org.jspecify.annotations.NullMarked;
