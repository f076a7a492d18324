package dev.assay.cli.fit;

import dev.assay.estimator.descent.Method;
import java.util.List;

/** The descents as words. */
final class MethodWords extends Words<Method> {
    MethodWords() {
        super(List.of(Method.values()), Method::label);
    }
}
