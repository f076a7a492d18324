/** Brokers, estimators and a scorer as processes of their own on this machine, with disks, lines and clocks that can be broken. */
@NullMarked
package dev.assay.lab.process;

import org.jspecify.annotations.NullMarked;
