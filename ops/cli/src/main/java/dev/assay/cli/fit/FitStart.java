package dev.assay.cli.fit;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.Start;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a fit begins.
 *
 * @param kind how the start is found
 * @param seed of a uniform start; 1 if not given
 */
record FitStart(Kind kind, long seed) {
    static final FitStart MOMENTS = new FitStart(Kind.MOMENTS, 1);

    /** The ways to a start. */
    enum Kind {
        /** By one singular value decomposition of the moments. */
        MOMENTS,
        /** θ = 0 and γ = 0, as the paper has it. */
        ZEROS,
        /** Every parameter uniform on (-1, 1). */
        UNIFORM
    }

    /** The same for a descent. */
    Start start(int d, int k) {
        return kind == Kind.MOMENTS ? Start.cold(d, k) : Start.warm(parameters(d, k));
    }

    /** Where the fit begins; not for moments, which have to be asked for first. */
    Parameters parameters(int d, int k) {
        return switch (kind) {
            case MOMENTS -> throw new IllegalStateException("the moments are not known yet");
            case ZEROS -> Parameters.zeros(d, k);
            case UNIFORM ->
                Parameters.of(
                        Vector.of(
                                new SplittableRandom(seed).doubles(d + k, -1, 1).toArray()),
                        d);
        };
    }

    /** A start that has nothing to do with this one. */
    FitStart other() {
        return new FitStart(Kind.UNIFORM, kind == Kind.UNIFORM ? seed + 1 : 1);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case MOMENTS -> "moments";
            case ZEROS -> "zeros";
            case UNIFORM -> "uniform:" + seed;
        };
    }

    /** From the command line. */
    static final class Converter implements ITypeConverter<FitStart> {
        private static final Pattern FORM = Pattern.compile("(moments|zeros|uniform)|uniform:(-?\\d{1,18})");

        @Override
        public FitStart convert(String text) {
            Matcher match = FORM.matcher(text);
            if (!match.matches()) {
                throw new TypeConversionException(
                        "must be moments, zeros, uniform or uniform:SEED with a whole number, " + "was "
                                + ComparisonsFile.shown(text));
            }
            if (match.group(2) != null) {
                return new FitStart(Kind.UNIFORM, Long.parseLong(match.group(2)));
            }
            return switch (match.group(1)) {
                case "zeros" -> new FitStart(Kind.ZEROS, 1);
                case "uniform" -> new FitStart(Kind.UNIFORM, 1);
                default -> MOMENTS;
            };
        }
    }
}
