package dev.assay.service.ingest.files;

import dev.assay.service.topics.InvalidInputException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that are meant by names, some of which are patterns: a shell that is given quotes leaves those to us. */
public final class FileNames {
    private FileNames() {}

    /**
     * @return the files, those of one pattern sorted by name
     * @throws InvalidInputException if no file is named so
     */
    public static List<Path> of(List<Path> given) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path each : given) {
            if (Files.exists(each) || !each.toString().matches(".*[*?\\[{].*")) {
                files.add(each);
            } else {
                files.addAll(matching(each));
            }
        }
        return files;
    }

    private static List<Path> matching(Path pattern) throws IOException {
        Path folder = pattern.getParent();
        List<Path> files = new ArrayList<>();
        if (folder == null || Files.isDirectory(folder)) {
            Path within = folder == null ? Path.of("") : folder;
            try (DirectoryStream<Path> found =
                    Files.newDirectoryStream(within, String.valueOf(pattern.getFileName()))) {
                found.forEach(files::add);
            }
        }
        if (files.isEmpty()) {
            throw new InvalidInputException("FILE must name a file, none is called " + pattern);
        }
        files.sort(null);
        return files;
    }
}
