package dev.assay.cli;

import dev.assay.cli.command.Failures;
import dev.assay.cli.convert.ConvertCommand;
import dev.assay.cli.demo.DemoCommand;
import dev.assay.cli.deployment.EraseCommand;
import dev.assay.cli.deployment.EventsCommand;
import dev.assay.cli.deployment.ExportCommand;
import dev.assay.cli.deployment.ModelCommand;
import dev.assay.cli.deployment.ReplayCommand;
import dev.assay.cli.deployment.RerunCommand;
import dev.assay.cli.deployment.ReshardCommand;
import dev.assay.cli.deployment.RollbackCommand;
import dev.assay.cli.deployment.VersionsCommand;
import dev.assay.cli.dlq.DlqCommand;
import dev.assay.cli.features.FeaturesCommand;
import dev.assay.cli.fit.FitCommand;
import dev.assay.cli.ingest.IngestCommand;
import dev.assay.cli.roles.BrokerCommand;
import dev.assay.cli.roles.EstimatorCommand;
import dev.assay.cli.roles.GatewayCommand;
import dev.assay.cli.roles.ScorerCommand;
import dev.assay.schemas.AvroLimits;
import dev.assay.service.topics.InvalidInputException;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code assay} command. Exit codes: 0 done, 1 could not be done, 2 wrongly asked. */
@Command(
        name = "assay",
        mixinStandardHelpOptions = true,
        versionProvider = Assay.Version.class,
        resourceBundle = "dev.assay.cli.help",
        description = "Rewards with error bars, live, from human preference judgments.",
        subcommands = {
            DemoCommand.class,
            FitCommand.class,
            FeaturesCommand.class,
            BrokerCommand.class,
            EstimatorCommand.class,
            ScorerCommand.class,
            ReplayCommand.class,
            GatewayCommand.class,
            DlqCommand.class,
            IngestCommand.class,
            ConvertCommand.class,
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
    private Assay() {}

    /** Entry point of the jar. */
    public static void main(String[] args) {
        AvroLimits.set();
        System.exit(commandLine().execute(args));
    }

    public static CommandLine commandLine() {
        CommandLine assay = new CommandLine(new Assay());
        // Before the settings below, which a subcommand takes over only if it is there already.
        ServiceLoader.load(FurtherCommands.class)
                .forEach(further -> further.commands().forEach(assay::addSubcommand));
        return assay.setExecutionExceptionHandler(Assay::explain).setUsageHelpWidth(110);
    }

    /** What went wrong, in one line; the stack trace only where somebody asks for it. */
    private static int explain(Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) {
        commandLine.getErr().println("assay: " + Failures.describe(failure));
        if (System.getenv("ASSAY_DEBUG") != null) {
            failure.printStackTrace(commandLine.getErr());
        } else if (!Failures.expected(failure)) {
            commandLine.getErr().println("assay: set ASSAY_DEBUG=1 for the stack trace");
        }
        return failure instanceof InvalidInputException ? CommandLine.ExitCode.USAGE : Failures.FAILED;
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
