package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Vector;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Method.State} in named numbers, as a coordinator keeps it: {@code problem.standardisation.regression} and the like.
 *
 * <p>Idea: a state is a tree of records, so their components are the names, and a descent that is added needs no codec. A
 * number is an array of one, an enum the characters of its name, a vector its entries, a list its size and then its entries by number; what is
 * null is left out. Invariant: {@code of(state).state()} has the same bits. Whoever reads what another version of the code
 * wrote gets nothing, and begins the fit again: a state is worth a few rounds, not a migration.
 *
 * @param version of the form; raise {@link #VERSION} where a name keeps its place and changes its meaning
 * @param kind    the descent whose state it is
 * @param parts   by name
 */
public record SavedState(int version, String kind, Map<String, double[]> parts) {
    public static final int VERSION = 1;

    public static SavedState of(Method.State state) {
        Map<String, double[]> parts = new TreeMap<>();
        write("", (Record) state, parts);
        return new SavedState(VERSION, kind(state.getClass()), parts);
    }

    /** The state; empty if another version of the code wrote it. */
    public Optional<Method.State> state() {
        if (version != VERSION) {
            return Optional.empty();
        }
        try {
            return Arrays.stream(Method.State.class.getPermittedSubclasses())
                    .filter(type -> kind(type).equals(kind))
                    .findFirst()
                    .map(type -> (Method.State) read("", type));
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    private static String kind(Class<?> type) {
        return type.getNestHost().getSimpleName();
    }

    private static void write(String prefix, Record from, Map<String, double[]> parts) {
        for (RecordComponent component : from.getClass().getRecordComponents()) {
            try {
                write(prefix + component.getName(), component.getAccessor().invoke(from), parts);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void write(String name, @Nullable Object value, Map<String, double[]> parts) {
        if (value instanceof Record nested) {
            write(name + ".", nested, parts);
        } else if (value instanceof Vector vector) {
            parts.put(name, vector.toArray());
        } else if (value instanceof List<?> list) {
            parts.put(name, new double[] {list.size()});
            for (int i = 0; i < list.size(); i++) {
                write(name + "." + i, list.get(i), parts);
            }
        } else if (value instanceof Number number) {
            parts.put(name, new double[] {number.doubleValue()}); // counts of rows stay far below 2^53
        } else if (value instanceof Boolean yes) {
            parts.put(name, new double[] {yes ? 1 : 0});
        } else if (value instanceof Enum<?> one) {
            parts.put(name, letters(one));
        } else if (value != null) {
            throw new IllegalStateException(name + " cannot be kept: " + value.getClass());
        }
    }

    private Record read(String prefix, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = value(prefix + components[i].getName(), types[i], components[i]);
        }
        try {
            return (Record) type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new UnreadableException(prefix);
        }
    }

    private @Nullable Object value(String name, Class<?> type, RecordComponent component) {
        if (type.isRecord()) {
            boolean there = parts.keySet().stream().anyMatch(part -> part.startsWith(name + "."));
            return there ? read(name + ".", type) : null;
        }
        if (type == Vector.class) {
            return Vector.of(part(name));
        }
        if (type == List.class) {
            Class<?> entry = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            List<Record> list = new ArrayList<>();
            for (int i = 0; i < number(name); i++) {
                list.add(read(name + "." + i + ".", entry));
            }
            return List.copyOf(list);
        }
        if (type.isEnum()) {
            return constant(name, type);
        }
        double number = number(name);
        if (type == int.class) {
            return (int) number;
        }
        if (type == long.class) {
            return (long) number;
        }
        return type == boolean.class ? (Object) (number != 0) : (Object) number;
    }

    private Object constant(String name, Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> Arrays.equals(letters((Enum<?>) one), part(name)))
                .findFirst()
                .orElseThrow(() -> new UnreadableException(name));
    }

    private static double[] letters(Enum<?> one) {
        return one.name().chars().asDoubleStream().toArray();
    }

    private double number(String name) {
        double[] part = part(name);
        if (part.length != 1) {
            throw new UnreadableException(name);
        }
        return part[0];
    }

    private double[] part(String name) {
        double[] part = parts.get(name);
        if (part == null) {
            throw new UnreadableException(name);
        }
        return part;
    }

    private static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnreadableException(String name) {
            super(name);
        }
    }
}
