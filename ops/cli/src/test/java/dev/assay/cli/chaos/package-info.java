@NullMarked
package dev.assay.cli.chaos;

import org.jspecify.annotations.NullMarked;
