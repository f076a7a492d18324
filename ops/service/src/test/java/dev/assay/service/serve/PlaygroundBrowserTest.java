package dev.assay.service.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.TextFeatureSpace;
import dev.assay.streams.settings.ServeSettings;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** Candidates typed in, and which one is picked. θ = (1, 0, −1, ½), every standard error ½. */
@Tag("browser")
@ExtendWith(InBrowser.class)
class PlaygroundBrowserTest {
    private static void open(Browser browser, ServedScorer scorer) {
        scorer.newest.offer(ServedScorer.snapshot(1));
        browser.open(scorer.url());
        browser.awaitText("#candidate-kind", "each 4 numbers");
    }

    private static void type(Browser browser, String... candidates) {
        for (int i = browser.elements("#candidates textarea").size(); i < candidates.length; i++) {
            browser.element("#add").click();
        }
        List<WebElement> areas = browser.elements("#candidates textarea");
        for (int i = 0; i < candidates.length; i++) {
            areas.get(i).clear();
            areas.get(i).sendKeys(candidates[i]);
        }
    }

    @Test
    void whereTheHighestRewardIsTheLeastCertainTheTwoPickDifferently(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            open(browser, scorer);
            type(browser, "1, 0, 0, 0", "[1.1, 3, 0, 0]", "0 0 0 0");
            browser.element("#playground button.main").click();

            browser.awaitText("#picked", "Best-of-N picks candidate 2, which has the highest reward, +0.400");
            // From the mean (0.7, 1, 0, 0): ½ √1.09 and ½ √4.16 are the errors of the first two.
            assertThat(browser.text("#picked"))
                    .contains("pessimistic best-of-N picks candidate 1, which has the highest lower bound, −0.723")
                    .contains("do not tell candidates 1, 2, and 3 apart");
            assertThat(browser.rows("#scored"))
                    .startsWith(
                            "1. 1, 0, 0, 0 pessimistic +0.300 [−0.723, +1.32]",
                            "2. [1.1, 3, 0, 0] best of N +0.400 [−1.60, +2.40]");
        }
    }

    @Test
    void whereOneIsClearlyBestBothPickIt(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            open(browser, scorer);
            type(browser, "9, 0, 0, 0", "0, 0, 0, 0");
            new Select(browser.element("#level")).selectByVisibleText("50 %");
            browser.elements("#candidates textarea").get(1).sendKeys(Keys.chord(Keys.CONTROL, Keys.ENTER));

            browser.awaitText("#picked", "Best-of-N and pessimistic best-of-N both pick candidate 1");
            // 9 of error 4½: z = 2 is enough at 50 %.
            assertThat(browser.text("#picked")).contains("The judgments tell candidate 1 apart from all others.");
            assertThat(browser.text("#scored")).contains("50 % interval");
        }
    }

    @Test
    void anExampleIsFilledInByOneClickAndCanBeAskedAtOnce(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            open(browser, scorer);
            browser.element("#example").click();
            assertThat(browser.elements("#candidates textarea")).hasSize(3);
            browser.element("#playground button.main").click();

            browser.awaitText("#scored", "3.");
            assertThat(browser.text("#picked")).contains("Best-of-N");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1, 2, 3 | Candidate 1 must be 4 numbers, has 3.",
                "1, 2, 3, x | Candidate 1 must be numbers with commas between them.",
                "'' | Candidate 1 is empty."
            })
    void whatIsNoCandidateIsRefusedByName(String typed, String said, Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            open(browser, scorer);
            type(browser, typed, "0, 0, 0, 0");
            browser.element("#playground button.main").click();

            browser.awaitText("#picked", said);
            assertThat(browser.elements("#scored table")).isEmpty();
        }
    }

    @Test
    void whatTheScorerRefusesIsSaid(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            open(browser, scorer);
            type(browser, "1e300, 0, 0, 0", "0, 0, 0, 0");
            browser.element("#playground button.main").click();

            browser.awaitText("#picked", "candidates[0].features");
        }
    }

    @Test
    void candidatesAreTakenAwayAndTheFocusStaysAmongThem(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            open(browser, scorer);
            type(browser, "1, 0, 0, 0", "2, 0, 0, 0", "3, 0, 0, 0");
            browser.element("#candidates [aria-label='Remove candidate 2']").sendKeys(Keys.ENTER);

            assertThat(browser.elements("#candidates textarea")).hasSize(2);
            assertThat(browser.focused().getDomProperty("value")).isEqualTo("3, 0, 0, 0");
            assertThat(browser.text("#candidates"))
                    .contains("Candidate 1", "Candidate 2")
                    .doesNotContain("Candidate 3");
        }
    }

    @Test
    void textsAreAskedForWhereFeaturesAreMadeOfThem(Browser browser) {
        List<String> texts = IntStream.range(0, 40)
                .mapToObj(i -> "Boil " + i + " eggs for " + (i % 7) + " minutes, then cool them in water"
                        + " at once".repeat(i % 3))
                .toList();
        FeatureSpace space = TextFeatureSpace.fit("essays", texts, 2);
        try (ServedScorer scorer = new ServedScorer(ServeSettings.DEFAULTS, space)) {
            scorer.newest.offer(new RandomSnapshots(new SplittableRandom(5), space).next());
            browser.open(scorer.url());
            browser.awaitText("#candidate-kind", "each a text");
            browser.element("#example").click();
            browser.element("#playground button.main").click();

            browser.awaitText("#scored", "2. Boil it for seven minutes");
            assertThat(browser.element("#prompt").getDomProperty("value")).isEqualTo("How long do I boil an egg?");
        }
    }
}
