/** What every command shares: the config option, progress, failures in words and exit codes, Ctrl-C. */
@NullMarked
package dev.assay.cli.command;

import org.jspecify.annotations.NullMarked;
