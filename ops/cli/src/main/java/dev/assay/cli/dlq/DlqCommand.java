package dev.assay.cli.dlq;

import picocli.CommandLine.Command;

/** {@code assay dlq}: what was refused, why, and back with it. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        description = "Look at refused judgments and payloads, and send them back after a fix.",
        subcommands = {DlqListCommand.class, DlqShowCommand.class, DlqRedriveCommand.class})
public final class DlqCommand {}
