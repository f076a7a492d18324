@NullMarked
package dev.assay.lab.simulate;

import org.jspecify.annotations.NullMarked;
