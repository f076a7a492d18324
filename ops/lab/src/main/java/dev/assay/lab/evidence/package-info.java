/** What should be on the topics after a run, and what is there. */
@NullMarked
package dev.assay.lab.evidence;

import org.jspecify.annotations.NullMarked;
