package dev.assay.service.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.service.ingest.IngestSource.Reading;
import dev.assay.service.ingest.JudgmentFiles;
import dev.assay.service.ingest.formats.Format;
import dev.assay.service.ingest.formats.Formats;
import dev.assay.service.ingest.formats.Intake.Judged;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** There and back: what goes into a layout comes out of it. */
class ConversionTest {
    private static final long SEED = 20_261_201;

    @TempDir
    Path work;

    @ParameterizedTest
    @EnumSource
    void everySampleOfEveryFormatComesBackByteForByte(Layout layout) throws Exception {
        for (Path sample : samples()) {
            Reading reading = reading(sample);
            List<Judged> given = read(sample, reading);
            if (given.isEmpty()) {
                continue;
            }
            Path out = out(layout, String.valueOf(sample.getFileName()).replace('.', '-'));

            Conversion conversion = new Conversion(layout, out, (where, reason, message, key) -> {});
            conversion.run(List.of(sample), reading, false);

            boolean told = said(conversion).contains("without a policy whose id stands with one");
            assertThat(told && layout != Layout.NEUTRAL).isFalse();
            assertSame(read(out, Reading.USUAL), given, sample + " as " + layout, !told);
        }
    }

    @ParameterizedTest
    @EnumSource
    void judgmentsOfEveryKindComeBackByteForByteAndAgainTheSame(Layout layout) throws Exception {
        List<Judged> given = new DrawnJudgments(SEED).draw(400);
        Path out = out(layout, "drawn");

        write(layout, out, given);
        assertSame(read(out, Reading.USUAL), given, "once");

        Path again = out(layout, "again");
        new Conversion(layout, again, ConversionTest::fail).run(List.of(out), Reading.USUAL, false);
        assertSame(read(again, Reading.USUAL), given, "twice");
        for (Path file : files(out)) {
            Path twin = Files.isDirectory(out) ? again.resolve(file.getFileName()) : again;
            assertThat(twin).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void halfASurrogatePairIsRefusedByTables() throws Exception {
        List<Judged> given = List.of(pair("j1", "r1", "half \uD83D of it"), pair("j2", "r2", "whole"));
        try (ConvertedFiles table = Layout.CSV.open(out(Layout.CSV, "half"), false, words -> {})) {
            assertThat(table.take(given.get(0)))
                    .hasValueSatisfying(why -> assertThat(why).contains("surrogate", "j1"));
            assertThat(table.take(given.get(1))).isEmpty();
            table.commit();
        }
        assertSame(read(out(Layout.CSV, "half"), Reading.USUAL), given.subList(1, 2), "table");
    }

    @Test
    void aResponseIdWithASecondTextIsKeptApartAndToldOnce() throws Exception {
        List<Judged> given =
                List.of(pair("j1", "r", "one text"), pair("j2", "r", "another"), pair("j3", "r", "another"));
        List<String> remarks = new ArrayList<>();
        Path out = out(Layout.NEUTRAL, "twice");

        try (ConvertedFiles folder = Layout.NEUTRAL.open(out, false, remarks::add)) {
            for (Judged judged : given) {
                assertThat(folder.take(judged)).isEmpty();
            }
            folder.commit();
            assertThat(folder.written()).isEqualTo("3 responses, 0 prompts");
        }

        assertThat(read(out, Reading.USUAL))
                .extracting(ConversionTest::texts)
                .containsExactly(
                        List.of("one text", "other"), List.of("another", "other"), List.of("another", "other"));
        assertThat(remarks)
                .filteredOn(words -> words.contains("id with an ending"))
                .hasSize(2);
    }

    @Test
    void theSameTextOfTwoPoliciesStandsForBoth() throws Exception {
        List<Judged> given = List.of(pair("j1", "r", "small", "text"), pair("j2", "r", "large", "text"));
        Path out = out(Layout.NEUTRAL, "policies");

        write(Layout.NEUTRAL, out, given);

        assertThat(read(out, Reading.USUAL))
                .extracting(judged -> judged.judgment().responses().get(0).policy())
                .containsExactly("small", "large");
    }

    @Test
    void whatIsRefusedIsCountedAndStopsNothingElse() throws Exception {
        Path in = Files.writeString(work.resolve("in.jsonl"), """
                {"prompt": "p", "chosen": "a", "rejected": "b"}
                {"prompt": "p", "chosen": 1, "rejected": "b"}
                no JSON
                {"prompt": "q", "chosen": "a", "rejected": "b"}
                """);
        List<String> heard = new ArrayList<>();
        Conversion conversion = new Conversion(
                Layout.CSV, work.resolve("out.csv"), (where, reason, message, key) -> heard.add(where + message));

        conversion.run(List.of(in), Reading.USUAL, false);

        assertThat(said(conversion)).containsPattern("admitted +2\n").containsPattern("NOT_UNDERSTOOD +2\n");
        assertThat(heard).hasSize(2);
        assertThat(read(work.resolve("out.csv"), Reading.USUAL)).hasSize(2);
    }

    @Test
    void whatStandsIsOverwrittenOnlyWhenAskedAndWithoutEndNothingIsLeft() throws Exception {
        for (Layout layout : Layout.values()) {
            Path out = out(layout, "standing");
            write(layout, out, new DrawnJudgments(1).draw(3));
            assertThatThrownBy(() -> layout.open(out, false, words -> {})).hasMessageContaining("OUT must be new");

            try (ConvertedFiles broken = layout.open(out, true, words -> {})) {
                broken.take(pair("j", "r", "text"));
            }

            assertThat(read(out, Reading.USUAL)).hasSize(3);
            try (Stream<Path> left = Files.walk(work)) {
                assertThat(left).noneMatch(file -> file.toString().contains(".part-"));
            }
        }
        try (ConvertedFiles broken = Layout.NEUTRAL.open(work.resolve("new"), false, words -> {})) {
            broken.take(pair("j", "r", "text"));
        }
        assertThat(work.resolve("new")).doesNotExist();
    }

    private static String said(Conversion conversion) {
        StringWriter said = new StringWriter();
        conversion.print(new PrintWriter(said, true));
        return said.toString();
    }

    private Path out(Layout layout, String name) {
        return work.resolve(
                switch (layout) {
                    case NEUTRAL -> name;
                    case TRL -> name + "-rows.jsonl";
                    case CSV -> name + ".csv";
                });
    }

    private static Judged pair(String id, String responseId, String text) {
        return pair(id, responseId, null, text);
    }

    private static Judged pair(String id, String responseId, @Nullable String policy, String text) {
        return new Judged(new Judgment(
                id,
                null,
                "p",
                List.of(
                        new JudgedResponse(responseId, policy, text, null),
                        new JudgedResponse("s", null, "other", null)),
                List.of(1, 2),
                1,
                null,
                Occasion.of(Map.of(), "test")));
    }

    private static void write(Layout layout, Path out, List<Judged> judged) throws IOException {
        try (ConvertedFiles files = layout.open(out, false, words -> {})) {
            for (Judged one : judged) {
                assertThat(files.take(one)).isEmpty();
            }
            files.commit();
        }
    }

    private List<Judged> read(Path file, Reading reading) throws IOException {
        List<Judged> read = new ArrayList<>();
        new JudgmentFiles((where, reason, message, key) -> {}).read(file, reading, (where, judged) -> read.add(judged));
        return read;
    }

    private static void assertSame(List<Judged> read, List<Judged> given, String what) {
        assertSame(read, given, what, true);
    }

    private static void assertSame(List<Judged> read, List<Judged> given, String what, boolean policies) {
        assertThat(read).as(what).hasSameSizeAs(given);
        for (int i = 0; i < given.size(); i++) {
            assertThat(texts(read.get(i))).as(what).isEqualTo(texts(given.get(i)));
            assertThat(read.get(i).prompt()).as(what).isEqualTo(given.get(i).prompt());
            assertThat(written(read.get(i).judgment(), policies))
                    .as(what)
                    .isEqualTo(written(given.get(i).judgment(), policies));
        }
    }

    /** All of a judgment, such that what is equal is so to the last bit. */
    private static List<@Nullable Object> written(Judgment judgment, boolean policies) {
        List<@Nullable Object> all = new ArrayList<>();
        judgment.responses()
                .forEach(one -> all.addAll(Arrays.asList(
                        one.responseId(),
                        policies ? one.policy() : null,
                        one.text(),
                        Arrays.toString(one.features()))));
        all.addAll(Arrays.asList(judgment.judgmentId(), judgment.annotatorId(), judgment.promptId()));
        all.addAll(Arrays.asList(judgment.ranking(), judgment.weight(), judgment.featureSpace()));
        Occasion occasion = judgment.occasion();
        all.addAll(Arrays.asList(occasion.judgedAt(), occasion.session(), occasion.shownFirst(), occasion.source()));
        all.add(Map.copyOf(occasion.context()));
        return all;
    }

    private static List<String> texts(Judged judged) {
        return judged.judgment().responses().stream()
                .map(JudgedResponse::text)
                .map(String::valueOf)
                .toList();
    }

    private static List<Path> files(Path out) throws IOException {
        if (!Files.isDirectory(out)) {
            return List.of(out);
        }
        try (Stream<Path> files = Files.list(out)) {
            return files.toList();
        }
    }

    private static void fail(String where, String reason, String message, @Nullable Object key) {
        throw new AssertionError(where + ": " + reason + ": " + message);
    }

    private static List<Path> samples() throws Exception {
        Path folder = Path.of(Objects.requireNonNull(ConversionTest.class.getResource("/platforms"))
                .toURI());
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> format(file) != null).sorted().toList();
        }
    }

    /** Files of a format begin with its name; payloads of webhooks are none of its files. */
    private static Reading reading(Path sample) throws IOException {
        return new Reading(
                format(sample),
                PlatformSettings.DEFAULTS.with(Files.readString(sample.resolveSibling("label-studio-config.xml"))));
    }

    private static @Nullable Format format(Path sample) {
        String name = String.valueOf(sample.getFileName());
        return Formats.ALL.stream()
                .filter(format -> name.matches(format.name() + "[-.].*\\.?jsonl?"))
                .findFirst()
                .orElse(null);
    }
}
