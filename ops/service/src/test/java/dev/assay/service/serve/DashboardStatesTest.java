package dev.assay.service.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.http.SmallGateway;
import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.ServeSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** What the page says when something is missing. */
@Tag("browser")
@ExtendWith(InBrowser.class)
class DashboardStatesTest {
    private static final List<String> OF_MODEL =
            List.of("#fresh", "#judgments", "#rationality", "#reward", "#leaderboard", "#identifiable");

    @Test
    void untilTheFirstAnswerEveryPanelIsLoading(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.newest.offer(ServedScorer.snapshot(1));
            browser.open("about:blank");
            browser.hold("*/health/ready");
            browser.go(scorer.url());
            browser.awaitText("#fresh", "Loading …");

            assertThat(browser.text("#state")).isEqualTo("Asking the scorer …");
            assertThat(browser.element("main").getDomAttribute("aria-busy")).isEqualTo("true");
            assertThat(OF_MODEL).allMatch(panel -> browser.shows(panel, "Loading …"));
            browser.letGo();
            browser.awaitText("#state", "Ready");
            browser.await(
                    "it is busy no more", () -> browser.elements("[aria-busy]").isEmpty());
        }
    }

    @Test
    void withoutASnapshotThePanelsSayWhenThereWillBeSomethingToSeeAndTheOthersLive(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.seen = Happened.quietly();
            browser.open(scorer.url());

            browser.awaitText("#state", "Nothing to show: no snapshot has been published yet");
            assertThat(OF_MODEL).allMatch(panel -> browser.shows(panel, "as soon as an estimator"));
            browser.awaitText("#now", "No rerun is running");
            browser.awaitText("#annotators", "123 annotators");

            scorer.newest.offer(ServedScorer.snapshot(1));
            browser.awaitText("#state", "Ready");
            browser.awaitText("#reward", "x_1");
        }
    }

    @Test
    void aDeploymentInWhichNothingHappenedYetSaysSo(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            browser.open(scorer.url());

            browser.awaitText("#now", "No rerun has been seen yet.");
            browser.awaitText("#drift", "No version has been published yet.");
            browser.awaitText("#annotators", "Compared with each other at the first rerun.");
            browser.awaitText("#refusals", "Nothing: the dead-letter topic is empty.");
        }
    }

    @Test
    void aScorerThatDoesNotKnowWhetherThereIsANewerSnapshotIsStaleAndSaysSo(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.newest.offer(ServedScorer.snapshot(1));
            browser.open(scorer.url());
            browser.awaitText("#state", "Ready");

            scorer.unconfirmed = Duration.ofSeconds(40);

            browser.awaitText("#state", "Not ready: Kafka has not said for 40 s whether there is a newer snapshot");
            assertThat(browser.element("#state").getDomAttribute("class")).isEqualTo("state stale");
            assertThat(browser.text("#fresh")).contains("Version 1");
        }
    }

    @Test
    void aTokenIsAskedForAndGoesAlongWithEverything(Browser browser) throws Exception {
        try (ServedScorer scorer = new ServedScorer(
                ServeSettings.DEFAULTS,
                ServedScorer.DEPLOYMENT.featureSpace(),
                null,
                SmallGateway.withTokens(SmallGateway.token("let me see", CallerRole.READ)))) {
            scorer.newest.offer(ServedScorer.snapshot(1));
            scorer.seen = Happened.quietly();
            browser.open(scorer.url());
            browser.awaitText("#state", "Refused: a known token is needed");
            assertThat(browser.text("#token-form")).contains("a token with the role read");
            assertThat(browser.focused().getDomAttribute("id")).isEqualTo("token");
            assertThat(browser.text("#reward")).isEqualTo("Shown to whoever has a token.");

            browser.press("a guess", Keys.ENTER);
            browser.await(
                    "the field to be empty",
                    () -> String.valueOf(browser.element("#token").getDomProperty("value"))
                            .isEmpty());
            assertThat(browser.element("#token-form").isDisplayed()).isTrue();

            browser.element("#token").sendKeys("let me see" + Keys.ENTER);
            browser.awaitText("#state", "Ready");
            browser.awaitText("#now", "No rerun is running");
            browser.awaitText("#feed", "Shown as it happens.");
            assertThat(browser.element("#token-form").isDisplayed()).isFalse();
        }
    }

    @Test
    void whatWasKnownStaysWhenTheScorerCannotBeReached(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.newest.offer(ServedScorer.snapshot(1));
            browser.open(scorer.url());
            browser.awaitText("#state", "Ready");
        } // and is gone

        browser.awaitText("#state", "No connection: the scorer cannot be reached; asking again every few seconds");
        assertThat(browser.text("#state")).contains("Below is what was known at");
        assertThat(browser.text("#fresh")).contains("Version 1");
    }

    @Test
    void aPanelThatCannotBeFilledLeavesTheOthersAlive(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.newest.offer(ServedScorer.snapshot(1));
            browser.open("about:blank");
            browser.block("*/v1/annotators", "*/v1/leaderboard");
            browser.go(scorer.url());

            browser.awaitText("section:has(#annotators)", "Not renewed: the scorer cannot be reached.");
            browser.awaitText("section:has(#leaderboard)", "Not renewed: the scorer cannot be reached.");
            browser.awaitText("#state", "Ready");
            browser.awaitText("#reward", "x_1");
            assertThat(browser.elements(".trouble")).hasSize(2);
        }
    }

    @Test
    void withoutTheStreamItAsksForWhatHappens(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.seen = Happened.quietly();
            browser.open("about:blank");
            browser.block("*/v1/activity/stream");
            browser.go(scorer.url());
            browser.awaitText("#feed", "Asked for every few seconds");
            browser.awaitText("#now", "No rerun is running");

            scorer.seen = Happened.running(scorer.seen);

            browser.awaitText("#now", "A rerun over");
            browser.block();
            browser.awaitText("#feed", "Shown as it happens.");
        }
    }

    @Test
    void aSnapshotOfAnotherFeatureSpaceIsAnError(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.newest.offer(ServedScorer.snapshot(1, "other:000000000000"));
            browser.open(scorer.url());

            browser.awaitText("#state", "Nothing to show: the newest snapshot is of feature space other:000000000000");
        }
    }

    @Test
    void namesAreShownAsTheyAreWritten(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            String name = "<img src=x onerror=alert(1)>";
            scorer.newest.offer(ServedScorer.snapshot(1));
            scorer.seen = Happened.refused(Happened.quietly(), Happened.reason(name, 1, "0@1"));
            browser.open(scorer.url());

            browser.awaitText("#refusals", name);
            assertThat(browser.elements("#refusals img")).isEmpty();
        }
    }
}
