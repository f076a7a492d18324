@NullMarked
package dev.assay.cli.simulate;

import org.jspecify.annotations.NullMarked;
