package dev.assay.service.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What {@code openapi.json} says of a body, or of a field of one, besides what its type says. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD})
public @interface Doc {
    /** What it means, in which unit. */
    String value() default "";

    /** Of a body: as the document calls it, unless by its class. */
    String name() default "";

    /** Of a body: it has exactly one of these, each a field or several apart by commas. */
    String[] eitherOf() default {};

    /** Of a body: it has at least one of these. */
    String[] anyOf() default {};

    /** Of a body: what an inherited field is unless said, as {@code field=value}. */
    String[] inherited() default {};

    /** Of a body: whether its fields are read by their names in Java too, as they were called before. */
    boolean camelCaseToo() default false;

    double min() default Double.NEGATIVE_INFINITY;

    /** Whether the least is not allowed itself. */
    boolean above() default false;

    double max() default Double.POSITIVE_INFINITY;

    /** Of an array: the least of its elements. */
    double eachMin() default Double.NEGATIVE_INFINITY;

    int minItems() default 0;

    int maxItems() default Integer.MAX_VALUE;

    int shortest() default 0;

    int longest() default Integer.MAX_VALUE;

    /** The words that it is one of. */
    String[] of() default {};

    /** What it is unless said. */
    String unless() default "";

    /** Whether a request must have it. */
    boolean required() default false;

    /** What it is one of, where Java knows less; of several arrays, one of any of their elements. */
    Class<?>[] kinds() default {};
}
