package dev.assay.cli.dlq;

import picocli.CommandLine.Command;

/** {@code assay dlq}: what was refused, why, and back with it. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        subcommands = {DlqListCommand.class, DlqShowCommand.class, DlqRedriveCommand.class})
public final class DlqCommand {}
