package dev.assay.service.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Browser}, one for all of them. Where there is none they are skipped, with a line that cannot be missed; with
 * {@code CI=true} or {@code -Dassay.browser=required} they fail.
 */
final class InBrowser implements ExecutionCondition, ParameterResolver {
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(InBrowser.class);
    private static final String ABSENT =
            "no Chromium with its driver on the path (Debian: apt-get install chromium chromium-driver)";

    /** Closes the browser when the last test is done. */
    private record Opened(Browser browser) implements AutoCloseable {
        @Override
        public void close() {
            browser.close();
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (isRequired() || Browser.programs().isPresent()) {
            return ConditionEvaluationResult.enabled("there is a browser, or there must be one");
        }
        context.getRoot().getStore(OURS).getOrComputeIfAbsent("said", unsaid -> {
            System.err.println("SKIPPED: the dashboard was not tested in a browser: " + ABSENT);
            return true;
        });
        return ConditionEvaluationResult.disabled(ABSENT);
    }

    private static boolean isRequired() {
        return "true".equals(System.getenv("CI")) || "required".equals(System.getProperty("assay.browser"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(OURS)
                .getOrComputeIfAbsent("browser", closed -> new Opened(Browser.start(found())), Opened.class)
                .browser();
    }

    private static List<Path> found() {
        Optional<List<Path>> programs = Browser.programs();
        return programs.orElseThrow(() -> new IllegalStateException(ABSENT));
    }
}
