package dev.assay.lab.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts children with this process's Java and class path, and leaves none behind: they are killed on close, on Ctrl-C,
 * and end by themselves when this process is killed ({@link ChildMain}).
 */
public final class Children implements AutoCloseable {
    /** What the launcher gives this process and a child needs too; not the size of the heap. */
    private static final List<String> INHERITED =
            List.of("-Ddev.ludovic.", "-Dassay.blas", "--add-modules", "--sun-misc-unsafe", "--enable-native-access");

    private final List<ChildJvm> all = new ArrayList<>();
    private final Thread hook = new Thread(this::killAll, "kill-children");
    private boolean closed;

    public Children() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts {@code assay} in a process of its own.
     *
     * @param name for people
     * @param log takes what it prints, after what is there
     * @param options for its virtual machine
     * @param arguments of {@code assay}
     */
    public ChildJvm start(String name, Path log, List<String> options, List<String> arguments) {
        return start(name, log, options, arguments, System.getProperty("java.class.path"), Map.of());
    }

    /**
     * The same.
     *
     * @param classPath of the build it is to be of
     * @param environment besides this process's own
     */
    public ChildJvm start(
            String name,
            Path log,
            List<String> options,
            List<String> arguments,
            String classPath,
            Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> INHERITED.stream().anyMatch(option::startsWith))
                .forEach(command::add);
        command.addAll(List.of("-XX:+UseSerialGC", "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=dev.assay.schemas"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, ChildMain.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("OPENBLAS_NUM_THREADS", "1");
        builder.environment().putAll(environment);
        return start(name, builder, log);
    }

    private synchronized ChildJvm start(String name, ProcessBuilder builder, Path log) {
        if (closed) {
            throw new IllegalStateException("the harness is ending, no child is started any more");
        }
        try {
            ChildJvm child = new ChildJvm(name, builder.start(), log);
            all.removeIf(other -> !other.alive());
            all.add(child);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    private void killAll() {
        living().forEach(ChildJvm::kill);
    }

    private synchronized Stream<ChildJvm> living() {
        closed = true;
        return List.copyOf(all).stream().filter(ChildJvm::alive);
    }

    @Override
    public void close() {
        killAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The virtual machine is going down already, and the hook runs.
        }
    }
}
