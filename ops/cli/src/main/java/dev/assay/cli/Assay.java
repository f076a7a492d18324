package dev.assay.cli;

import dev.assay.cli.chaos.ChaosCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code assay} command. Exit codes: 0 done, 1 could not be done, 2 wrongly asked. */
@Command(
        name = "assay",
        mixinStandardHelpOptions = true,
        versionProvider = Assay.Version.class,
        description = "Rewards with error bars, live, from human preference judgments.",
        subcommands = {
            DemoCommand.class,
            FitCommand.class,
            FeaturesCommand.class,
            SimulateCommand.class,
            BrokerCommand.class,
            ChaosCommand.class,
            EstimatorCommand.class,
            ScorerCommand.class,
            ReplayCommand.class,
            GatewayCommand.class,
            DlqCommand.class,
            IngestCommand.class,
            ModelCommand.class,
            VersionsCommand.class,
            EventsCommand.class,
            RerunCommand.class,
            EraseCommand.class,
            RollbackCommand.class,
            ExportCommand.class,
            ReshardCommand.class
        })
public final class Assay {
    /** Exit code: the command could not do what it was asked. */
    static final int FAILED = 1;

    private Assay() {}

    /** Entry point of the jar. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Assay())
                .setExecutionExceptionHandler(Assay::explain)
                .setUsageHelpWidth(110);
    }

    /** What went wrong, in one line; the stack trace only where somebody asks for it. */
    private static int explain(Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) {
        commandLine.getErr().println("assay: " + Failures.describe(failure));
        if (System.getenv("ASSAY_DEBUG") != null) {
            failure.printStackTrace(commandLine.getErr());
        } else if (!Failures.expected(failure)) {
            commandLine.getErr().println("assay: set ASSAY_DEBUG=1 for the stack trace");
        }
        return failure instanceof InvalidInputException ? CommandLine.ExitCode.USAGE : FAILED;
    }

    /** Version from the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Assay.class.getPackage().getImplementationVersion();
            return new String[] {"assay " + (version == null ? "development build" : version)};
        }
    }
}
