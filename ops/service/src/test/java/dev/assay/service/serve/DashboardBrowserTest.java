package dev.assay.service.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.descent.Diagnostic;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.VectorFeatureSpace;
import dev.assay.streams.settings.ServeSettings;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** What each panel shows in a Chromium. θ = version · (1, 0, −1, ½), γ = (½, −½, −1½, 0), every standard error ½. */
@Tag("browser")
@ExtendWith(InBrowser.class)
class DashboardBrowserTest {
    private static final PolicyResponses TWO_POLICIES = new PolicyResponses(
            List.of("bad", "good"),
            List.of(
                    List.of(Vector.of(0, 0, 5, 0), Vector.of(0, 0, 7, 0)),
                    List.of(Vector.of(9, 0, 0, 0), Vector.of(9, 0, 0, 0))));

    @Test
    void theSnapshotAnsweredFromAndItsJudgmentsAreNamed(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.newest.offer(ServedScorer.snapshot(3));
            browser.open(scorer.url());
            browser.awaitText("#state", "Ready");

            assertThat(browser.text("h1")).isEqualTo("Assay small");
            assertThat(browser.text("#fresh")).contains("Version 3", "Kind a rerun", "Age 10 s", "Rounds 5");
            // −600 nats over 1,000 judgments of 10 annotators.
            assertThat(browser.text("#judgments")).contains("1,000 judgments", "Annotators 10", "−0.600 nats");
        }
    }

    @Test
    void aNewerSnapshotTakesItsPlaceWithoutAReload(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.newest.offer(ServedScorer.snapshot(3));
            browser.open(scorer.url());
            browser.awaitText("#fresh", "Version 3");
            browser.script("window.isSamePage = true");

            scorer.newest.offer(ServedScorer.snapshot(4));

            browser.awaitText("#fresh", "Version 4");
            browser.awaitText("#reward", "+4.00");
            assertThat(browser.script("return window.isSamePage")).isEqualTo(true);
        }
    }

    @Test
    void rationalityIsShownByContextFromTheReferenceUp(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.newest.offer(ServedScorer.snapshot(1));
            browser.open(scorer.url());
            browser.awaitText("#rationality", "fatigue");

            // 1 + ½ ± 1.96 · ½
            assertThat(browser.rows("#rationality"))
                    .contains("all at reference +1.00 fixed –", "kind=expert +1.50 [+0.520, +2.48] +0.500")
                    .hasSize(5);
        }
    }

    @Test
    void theRationalityOfSomebodyInATypedContextIsAnswered(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.newest.offer(ServedScorer.snapshot(1));
            browser.open(scorer.url());
            browser.await("the form", () -> browser.element("#context").isDisplayed());
            new Select(browser.element("#context select[name=kind]")).selectByVisibleText("adversarial");
            browser.element("#context input[name=fatigue]").sendKeys("2" + Keys.ENTER);

            browser.awaitText("#context-said", "σ is −0.500.");
            // −½ ± 1.96 · ½ √(1 + 2²)
            assertThat(browser.text("#context-said")).contains("May as well toss a coin", "−2.69 to +1.69");
            assertThat(browser.rows("#context-answer"))
                    .containsExactly("kind adversarial, fatigue 2 −0.500 [−2.69, +1.69]");
        }
    }

    @Test
    void rewardParametersAreSortedByCertaintyAndPlottedOnACommonScale(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.newest.offer(ServedScorer.snapshot(3));
            browser.open(scorer.url());
            browser.awaitText("#reward", "x_1");

            assertThat(browser.rows("#reward"))
                    .containsExactly(
                            "x_1 +3.00 [+2.02, +3.98] 6.00",
                            "x_3 −3.00 [−3.98, −2.02] −6.00",
                            "x_4 +1.50 [+0.520, +2.48] 3.00",
                            "x_2 0 [−0.980, +0.980] 0");
            // From −3.98 to 3.98 between 4 % and 96 % of the width.
            WebElement dot = browser.element("#reward tbody tr circle");
            assertThat(Double.parseDouble(
                            String.valueOf(dot.getDomAttribute("cx")).replace("%", "")))
                    .isCloseTo(4 + 92 * (3 + 3.98) / 7.96, org.assertj.core.api.Assertions.within(0.01));
        }
    }

    @Test
    void ofManyParametersTheSurestTenAreShownAndTheOthersFoldedAway(Browser browser) {
        FeatureSpace wide = new VectorFeatureSpace("wide", 64);
        try (ServedScorer scorer = new ServedScorer(ServeSettings.DEFAULTS, wide)) {
            scorer.newest.offer(new RandomSnapshots(new SplittableRandom(3), wide).next());
            browser.open(scorer.url());
            browser.awaitText("#reward", "All 64 reward parameters");
            assertThat(browser.rows("#reward")).hasSize(10);

            browser.element("#reward summary").sendKeys(Keys.ENTER);

            browser.await("all of them", () -> browser.rows("#reward details").size() == 64);
            List<Double> sizes = browser.rows("#reward details").stream()
                    .map(row -> row.substring(row.lastIndexOf(' ') + 1).replace("−", ""))
                    .map(Double::valueOf)
                    .toList();
            assertThat(sizes).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        }
    }

    @Test
    void policiesAreRankedWithIntervalsThatHoldTogether(Browser browser) {
        try (ServedScorer scorer =
                new ServedScorer(ServeSettings.DEFAULTS, ServedScorer.DEPLOYMENT.featureSpace(), TWO_POLICIES)) {
            scorer.newest.offer(ServedScorer.snapshot(1));
            browser.open(scorer.url());
            browser.awaitText("#leaderboard", "hold together at 95 %");

            assertThat(browser.rows("#leaderboard")).hasSize(2);
            // Means 9 and −6, counted from 1½.
            assertThat(browser.rows("#leaderboard").get(0)).startsWith("good +7.50");
            assertThat(browser.rows("#leaderboard").get(1)).startsWith("bad −7.50");
        }
    }

    @Test
    void withoutPoliciesTheLeaderboardSaysHowToHaveSome(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.newest.offer(ServedScorer.snapshot(1));
            browser.open(scorer.url());

            browser.awaitText("#leaderboard", "No policies to rank. Start the scorer with --responses FOLDER");
        }
    }

    @Test
    void whetherTheParametersAreDeterminedIsSaid(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.seen = Happened.illDetermined(Happened.quietly(), "Two features cannot be told apart.");
            scorer.newest.offer(ServedScorer.remarked(1, new Diagnostic("condition", 2e9, "Nearly collinear.")));
            browser.open(scorer.url());

            browser.awaitText("#identifiable", "found fault: Two features cannot be told apart.");
            // x_2 at 0, and of kinds and fatigue those within 0.98 of 0: 0.5, −0.5 and 0.
            assertThat(browser.text("#identifiable")).contains("Intervals with 0 inside 5 of 8");
            assertThat(browser.rows("#identifiable")).containsExactly("condition 2.0e+9 Nearly collinear.");
        }
    }

    @Test
    void flaggedAnnotatorsComeFirstAndAreFlaggedInWords(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.seen = Happened.quietly();
            browser.open(scorer.url());
            browser.awaitText("#annotators", "123 annotators; the 23 to look at first are named");

            assertThat(browser.text("#annotators"))
                    .contains("1 flagged as judging the wrong way round, 2 as less sharp");
            // ± 1.96 standard errors of ¼ and ⅛
            assertThat(browser.rows("#annotators"))
                    .startsWith(
                            "contrary judges the wrong way round −0.500 [−0.990, −0.0100] −0.200 40",
                            "tired less sharply than others +0.250 [+0.00500, +0.495] 0.400 80")
                    .hasSize(8);
            browser.element("#annotators summary").sendKeys(Keys.SPACE);
            browser.await(
                    "all of them", () -> browser.rows("#annotators details").size() == 23);
            assertThat(browser.rows("#annotators details")).contains("unheard +1.00 no bound 1.00 1");
        }
    }

    @Test
    void rerunsAppearAsTheyHappenAndOnlyTheirEndIsReadOut(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.seen = Happened.quietly();
            browser.open(scorer.url());
            browser.awaitText("#now", "No rerun is running. The last ended at");
            assertThat(browser.rows("#reruns")).hasSize(2);
            assertThat(browser.rows("#reruns").get(0)).contains("5 2.0 s 1,060 drift failed");
            assertThat(browser.rows("#reruns").get(1)).contains("first version 1 converged");
            assertThat(browser.text("#feed")).isEqualTo("Shown as it happens.");
            browser.script("window.isSamePage = true");

            scorer.seen = Happened.running(scorer.seen);
            browser.awaitText(
                    "#now",
                    "A rerun over 12,345,678 judgments is running, because the judgments had grown: round 2, 0.5 s after it began.");
            assertThat(browser.rows("#reruns").get(0)).contains("3 … 12,345,678 growth running");
            assertThat(browser.elements("#reruns tbody tr:first-child circle")).hasSize(3);
            assertThat(browser.text("#news")).isEmpty();

            scorer.seen = Happened.converged(scorer.seen);
            browser.awaitText("#now", "converged, version 31.");
            assertThat(browser.rows("#reruns").get(0)).contains("growth version 31 converged");
            assertThat(browser.element("#news").getDomProperty("textContent"))
                    .isEqualTo("A rerun over 1,090 judgments converged as version 31.");
            assertThat(browser.script("return window.isSamePage")).isEqualTo(true);
            assertThat(browser.script("return performance.getEntriesByType('resource')"
                            + ".filter(one => one.name.endsWith('/v1/activity')).length"))
                    .as("questions, for it is the stream that tells")
                    .isEqualTo(0L);
        }
    }

    @Test
    void driftIsPlottedOverVersionsAndSaidInWords(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.seen = Happened.quietly();
            browser.open(scorer.url());
            browser.awaitText("#drift", "version 30");

            assertThat(browser.element("#drift svg[role=img]").getDomAttribute("aria-label"))
                    .isEqualTo(
                            "Drift of 30 versions, 1 to 30: now 0.120 standard errors, at most 0.120 at version 30.");
            assertThat(browser.text("#drift")).contains("From 0.1 on a rerun is due", "nothing is published beyond 1");
            assertThat(browser.elements("#drift svg .step")).hasSize(29);
            browser.element("#drift summary").sendKeys(Keys.ENTER);
            browser.await(
                    "versions in numbers", () -> browser.rows("#drift details").size() == 30);
            assertThat(browser.rows("#drift details").get(0)).startsWith("30 ").endsWith("incremental 1,030 0.120");
        }
    }

    @Test
    void refusalsAreCountedByReasonWithTheCommandThatShowsOne(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.seen = Happened.quietly();
            browser.open(scorer.url());
            browser.awaitText("#refusals", "Nothing: the dead-letter topic is empty.");

            scorer.seen = Happened.refused(
                    scorer.seen,
                    Happened.reason("FEATURE_DIMENSION", 30, "3@17"),
                    Happened.reason("UNDECODABLE", 10, "0@4"));
            browser.awaitText("#refusals", "40 refused judgments.");
            assertThat(browser.rows("#refusals").get(0))
                    .startsWith("FEATURE_DIMENSION 30 ")
                    .endsWith("assay dlq show 3@17");
            List<String> widths = browser.elements("#refusals .bar").stream()
                    .map(bar -> String.valueOf(bar.getDomAttribute("width")))
                    .toList();
            assertThat(widths).containsExactly("100.00%", "33.33%");
        }
    }

    @Test
    void eventsAreThereForWhoUnfoldsThemAndStayUnfolded(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.seen = Happened.quietly();
            browser.open(scorer.url());
            browser.awaitText("#reruns", "The last 1 event");
            browser.elements("#reruns summary").get(0).sendKeys(Keys.ENTER);
            browser.awaitText("#reruns details", "Snapshot 1 covers 1000 judgments.");

            scorer.seen = Happened.running(scorer.seen);

            browser.awaitText("#now", "A rerun over");
            browser.awaitText("#reruns details", "Snapshot 1 covers 1000 judgments.");
            assertThat(browser.focused().findElement(By.xpath("..")).getTagName())
                    .isEqualTo("details");
        }
    }
}
