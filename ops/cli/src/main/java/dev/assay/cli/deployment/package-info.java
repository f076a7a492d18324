/** Commands to a running deployment: look at its model, versions and events; rerun, erase, roll back; export, reshard, replay. */
@NullMarked
package dev.assay.cli.deployment;

import org.jspecify.annotations.NullMarked;
