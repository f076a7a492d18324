package dev.assay.cli.features;

import picocli.CommandLine.Command;

/** {@code assay features}: the files that say how texts become features. */
@Command(
        name = "features",
        mixinStandardHelpOptions = true,
        subcommands = {FeaturesFitCommand.class, FeaturesShowCommand.class})
public final class FeaturesCommand {}
