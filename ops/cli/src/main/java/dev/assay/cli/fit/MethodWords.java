package dev.assay.cli.fit;

import dev.assay.estimator.descent.Method;

/** The descents as words. */
final class MethodWords extends HyphenatedWords<Method> {
    MethodWords() {
        super(Method.values());
    }
}
