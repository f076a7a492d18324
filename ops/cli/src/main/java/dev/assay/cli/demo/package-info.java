/** {@code assay demo}: broker, roles and a campaign in one process, from judgments to pessimistic best-of-N. */
@NullMarked
package dev.assay.cli.demo;

import org.jspecify.annotations.NullMarked;
