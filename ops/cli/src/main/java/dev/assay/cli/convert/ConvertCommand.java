package dev.assay.cli.convert;

import dev.assay.cli.command.AssayCommand;
import dev.assay.cli.command.Failures;
import dev.assay.cli.command.ReadingOptions;
import dev.assay.cli.command.SaidRefusals;
import dev.assay.service.convert.Conversion;
import dev.assay.service.convert.Layout;
import dev.assay.service.topics.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code assay convert}: judgments of files into files of another layout. */
@Command(name = "convert", mixinStandardHelpOptions = true)
public final class ConvertCommand extends AssayCommand {
    @Parameters(
            arity = "2..*",
            paramLabel = "IN… OUT",
            hideParamSyntax = true,
            description =
                    "Files or folders as ingest reads them; and as the last where to write: a folder in the neutral "
                            + "format, a .jsonl with rows for TRL, a .csv or a .tsv.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private List<Path> files;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Option(names = "--to", paramLabel = "LAYOUT", converter = LayoutName.class)
    private @Nullable Layout layout;

    @Option(names = "--force")
    private boolean force;

    /** In lower case, as all words of the command. */
    static final class LayoutName implements ITypeConverter<Layout> {
        @Override
        public Layout convert(String name) {
            for (Layout layout : Layout.values()) {
                if (layout.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return layout;
                }
            }
            throw new TypeConversionException("must be neutral, trl or csv, was " + name);
        }
    }

    @Override
    protected int run() throws Exception {
        List<Path> in = files.subList(0, files.size() - 1);
        Path out = files.get(files.size() - 1);
        for (Path one : in) {
            InvalidInputException.require(
                    !one.toAbsolutePath()
                            .normalize()
                            .equals(out.toAbsolutePath().normalize()),
                    "OUT must be another than IN, was " + out);
        }
        Conversion conversion = new Conversion(layout == null ? Layout.of(out) : layout, out, new SaidRefusals(err()));
        String written = conversion.run(in, reading.reading(), force);
        conversion.print(out());
        say(written);
        return conversion.tally().refused() > 0 ? Failures.FAILED : 0;
    }
}
