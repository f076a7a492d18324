package dev.assay.lab.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** A build of the service that is not this one; this one's {@link ChildMain} alone runs with it. */
public final class OlderBuild {
    private OlderBuild() {}

    /**
     * @param jars of that build
     * @param folder takes the entry point of children, which builds have elsewhere or not at all
     * @return a class path
     */
    public static String classPath(String jars, Path folder) throws IOException {
        String entry = ChildMain.class.getName().replace('.', '/') + ".class";
        Path file = folder.resolve(entry);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (InputStream bytes = Objects.requireNonNull(ChildMain.class.getResourceAsStream("/" + entry))) {
            Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return jars + File.pathSeparator + folder;
    }
}
