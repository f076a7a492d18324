@NullMarked
package dev.assay.lab.chaos;

import org.jspecify.annotations.NullMarked;
