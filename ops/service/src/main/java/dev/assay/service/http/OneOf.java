package dev.assay.service.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a body must have, for the document: exactly one of these, each a field or several apart by commas. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OneOf {
    String[] value();

    /** Whether there may be several of them. */
    boolean orMore() default false;
}
