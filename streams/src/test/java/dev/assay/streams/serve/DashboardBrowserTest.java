package dev.assay.streams.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page as a Chromium shows it. */
@Tag("browser")
@ExtendWith(InBrowser.class)
class DashboardBrowserTest {
    @Test
    void whatIsAnsweredFromIsShown(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.newest.offer(ServedScorer.snapshot(3));
            browser.open(scorer.url());

            browser.awaitText("#state", "Ready");
            assertThat(browser.text("h1")).isEqualTo("Assay small");
            assertThat(browser.text("#fresh")).contains("Version 3", "Kind a rerun", "Age 10 s");
        }
    }

    @Test
    void aScorerWithoutASnapshotSaysWhenThereWillBeSomethingToSee(Browser browser) {
        try (ServedScorer scorer = new ServedScorer()) {
            browser.open(scorer.url());

            browser.awaitText("#state", "Nothing to show: no snapshot has been published yet");
            assertThat(browser.text("#rationality")).contains("as soon as an estimator");
        }
    }
}
