package dev.assay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages can be read in a narrow window, lead where they say, and name what there is. */
class DocsTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final int COLUMNS = 120;
    private static final int README_BYTES = 8192;
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```$");
    /** {@code [words](target)}, or {@code [words]: target} on a line of its own. */
    private static final Pattern LINK = Pattern.compile("]\\((\\S+?)\\)|(?m)^\\[[^]]+]: (\\S+)$");

    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern STEP = Pattern.compile("(?ms)^\\d\\. .*?(?=^\\d\\. |^$)");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]+)`");

    private static List<Path> files = List.of();

    @BeforeAll
    static void listTheRepository() throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean made = name.equals("target") || name.equals("build") || name.startsWith(".");
                return made && !folder.equals(ROOT) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        files = found;
    }

    @Test
    void noLineIsLongerThanAWindow() {
        List<String> longer = pages().flatMap(page -> read(page)
                        .lines()
                        .filter(line -> line.codePointCount(0, line.length()) > COLUMNS)
                        .map(line -> ROOT.relativize(page) + ": " + line))
                .toList();
        assertThat(longer).isEmpty();
    }

    @Test
    void everyLinkLeadsSomewhere() {
        assertThat(pages().flatMap(DocsTest::deadLinks)).isEmpty();
    }

    @Test
    void theReadmeIsReadInAFewMinutes() throws IOException {
        assertThat(Files.size(ROOT.resolve("README.md"))).isLessThanOrEqualTo(README_BYTES);
    }

    @Test
    void everyTestThatAGuaranteeNamesIsThere() {
        Set<String> names = files.stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith("Test.java"))
                .map(name -> name.substring(0, name.length() - ".java".length()))
                .collect(Collectors.toSet());
        List<String> named = CLASS.matcher(read(ROOT.resolve("ops/docs/guarantees.md")))
                .results()
                .map(match -> match.group(1))
                .filter(name -> name.endsWith("Test"))
                .toList();
        assertThat(named).hasSizeGreaterThan(10).isSubsetOf(names);
    }

    /** Eight sentences follow a judgment, one for each arrow, each by one class. */
    @Test
    void theReadmeFollowsAJudgmentThroughClassesThatThereAre() {
        String readme = read(ROOT.resolve("README.md"));
        String way = readme.substring(readme.indexOf("## Follow one judgment"), readme.indexOf("## Ask for a score"));
        List<String> steps = STEP.matcher(way).results().map(MatchResult::group).toList();
        Set<String> ours = files.stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".java"))
                .map(name -> name.substring(0, name.length() - ".java".length()))
                .collect(Collectors.toSet());

        assertThat(steps)
                .hasSize(8)
                .allSatisfy(step -> assertThat(CLASS.matcher(step).results().map(found -> found.group(1)))
                        .hasSize(1)
                        .isSubsetOf(ours));
    }

    private static Stream<Path> pages() {
        return files.stream().filter(file -> file.toString().endsWith(".md"));
    }

    private static Stream<String> deadLinks(Path page) {
        String prose = FENCED.matcher(read(page)).replaceAll("").replaceAll("`[^`]*`", "");
        return LINK.matcher(prose)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .filter(target -> !ELSEWHERE.matcher(target).matches())
                .filter(target -> !leads(page, target))
                .map(target -> ROOT.relativize(page) + " -> " + target);
    }

    private static boolean leads(Path page, String target) {
        int hash = target.indexOf('#');
        String path = hash < 0 ? target : target.substring(0, hash);
        Path file = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        return Files.exists(file) && (hash < 0 || anchors(file).contains(target.substring(hash + 1)));
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path page) {
        return HEADING.matcher(FENCED.matcher(read(page)).replaceAll(""))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_\\- ]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
