package dev.assay.cli.fit;

import dev.assay.service.topics.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which column of a comparisons file holds what. Columns go by name and stand in any order; a row is brought into the
 * one order preference, offset, weight, context, difference before anything else looks at it.
 */
final class ComparisonsHeader {
    static final int ANNOTATOR = -1; // no number, so not in the row
    static final int PREFERENCE = 0;
    static final int OFFSET = 1;
    static final int WEIGHT = 2;
    static final int CONTEXT = 3; // the difference follows

    private static final Map<String, Integer> SINGLE =
            Map.of("y", PREFERENCE, "psi0", OFFSET, "w", WEIGHT, "annotator", ANNOTATOR);
    private static final Pattern NUMBERED = Pattern.compile("(psi|z)_([1-9][0-9]{0,5})");

    private final List<String> names;
    private final int[] slots;
    private final int rewardDimension;
    private final int rationalityDimension;

    private ComparisonsHeader(List<String> names, int rewardDimension, int rationalityDimension) {
        this.names = names;
        this.rewardDimension = rewardDimension;
        this.rationalityDimension = rationalityDimension;
        slots = names.stream().mapToInt(this::slotOf).toArray();
    }

    /** @throws InvalidInputException for a missing, unknown or repeated column, or a gap in the numbers */
    static ComparisonsHeader of(List<String> names, String file) {
        Map<String, Integer> fields = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!SINGLE.containsKey(name) && !NUMBERED.matcher(name).matches()) {
                throw problem(
                        file,
                        "unknown column \"%s\" in field %d; known are y, psi0, w, annotator, psi_1, psi_2 ... and z_1, z_2 ...",
                        ComparisonsFile.shown(name),
                        i + 1);
            }
            Integer before = fields.put(name, i);
            if (before != null) {
                throw problem(file, "column %s must appear once, is in fields %d and %d", name, before + 1, i + 1);
            }
        }
        for (String required : List.of("y", "psi0")) {
            if (!fields.containsKey(required)) {
                throw problem(file, "column %s is missing", required);
            }
        }
        int d = count("z", names, file);
        if (d == 0) {
            throw problem(file, "column z_1 is missing: there must be at least one feature difference");
        }
        return new ComparisonsHeader(List.copyOf(names), d, count("psi", names, file));
    }

    /** How many columns of that name there are, numbered from 1 without a gap. */
    private static int count(String name, List<String> names, String file) {
        List<Integer> numbers = new ArrayList<>();
        for (String column : names) {
            Matcher matcher = NUMBERED.matcher(column);
            if (matcher.matches() && matcher.group(1).equals(name)) {
                numbers.add(Integer.valueOf(matcher.group(2)));
            }
        }
        numbers.sort(null);
        for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i) != i + 1) {
                throw problem(
                        file,
                        "column %s_%d is missing: numbers must run from 1 without a gap, there is %s_%d",
                        name,
                        i + 1,
                        name,
                        numbers.get(i));
            }
        }
        return numbers.size();
    }

    private static InvalidInputException problem(String file, String format, Object... args) {
        return new InvalidInputException(file + ", line 1: " + String.format(Locale.ROOT, format, args));
    }

    private int slotOf(String name) {
        Integer single = SINGLE.get(name);
        if (single != null) {
            return single;
        }
        Matcher matcher = NUMBERED.matcher(name);
        matcher.matches(); // checked before
        int first = matcher.group(1).equals("psi") ? CONTEXT : CONTEXT + rationalityDimension;
        return first + Integer.parseInt(matcher.group(2)) - 1;
    }

    /** Fields of a line. */
    int fields() {
        return slots.length;
    }

    /** Name of the column, as the file has it. */
    String name(int field) {
        return names.get(field);
    }

    /** Where the field belongs in a row; {@link #ANNOTATOR} if it does not. */
    int slot(int field) {
        return slots[field];
    }

    /** d. */
    int rewardDimension() {
        return rewardDimension;
    }

    /** k, may be 0. */
    int rationalityDimension() {
        return rationalityDimension;
    }

    /** Numbers of a row, the weight included. */
    int rowSize() {
        return CONTEXT + rationalityDimension + rewardDimension;
    }
}
