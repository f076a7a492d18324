package dev.assay.service.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.algebra.Vector;
import dev.assay.service.serve.Browser.Scheme;
import dev.assay.streams.settings.ServeSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;

/** That the page can be used by everybody: on a phone, in the dark, by keyboard, by screen reader. */
@Tag("browser")
@ExtendWith(InBrowser.class)
class DashboardForAllTest {
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final PolicyResponses POLICIES = new PolicyResponses(
            List.of("bad", "good"),
            List.of(
                    List.of(Vector.of(0, 0, 5, 0), Vector.of(0, 0, 7, 0)),
                    List.of(Vector.of(9, 0, 0, 0), Vector.of(9, 0, 0, 0))));

    /** A scorer with something in every panel. */
    private static ServedScorer busy() {
        ServedScorer scorer =
                new ServedScorer(ServeSettings.DEFAULTS, ServedScorer.DEPLOYMENT.featureSpace(), POLICIES);
        scorer.newest.offer(ServedScorer.snapshot(1));
        scorer.seen = Happened.refused(
                Happened.running(Happened.quietly()),
                Happened.reason("FEATURE_DIMENSION", 30, "3@17000000"),
                Happened.reason("UNDECODABLE", 10, "0@4"));
        return scorer;
    }

    /** Asks everything, unfolds everything. */
    private static void fill(Browser browser) {
        browser.awaitText("#leaderboard", "good");
        browser.awaitText("#refusals", "UNDECODABLE");
        browser.awaitText("#annotators", "contrary");
        browser.element("#context button").click();
        browser.element("#example").click();
        browser.element("#playground button.main").click();
        browser.awaitText("#scored", "pessimistic");
        browser.awaitText("#context-said", "It is fixed");
        browser.script("document.querySelectorAll('details').forEach(one => { one.open = true; })");
        browser.await(
                "all to be unfolded",
                () -> Objects.equals(
                        browser.script(
                                "return [...document.querySelectorAll('details')].every(one => one.children.length > 1)"),
                        true));
    }

    @Test
    void nothingSeriousBarsAnybody(Browser browser) throws IOException {
        try (ServedScorer scorer = busy()) {
            browser.open(scorer.url());
            fill(browser);
            for (int width : new int[] {1280, 320}) {
                for (Scheme scheme : Scheme.values()) {
                    browser.size(width);
                    browser.scheme(scheme);

                    assertThat(violations(browser))
                            .as("%s at %s px", scheme, width)
                            .isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void nothingSeriousBarsAnybodyWhereThereIsNothingToSee(Scheme scheme, Browser browser) throws IOException {
        try (ServedScorer scorer = new ServedScorer()) {
            browser.open(scorer.url(), 320);
            browser.scheme(scheme);
            browser.awaitText("#state", "Nothing to show");
            browser.script("document.getElementById('token-form').hidden = false");
            browser.element("#playground button.main").click();
            browser.awaitText("#picked", "Candidate 1 is empty.");

            assertThat(violations(browser)).isEmpty();
        }
    }

    /** What axe-core finds of the two graver kinds, in words; it is put in by the driver, which no policy of the page keeps out. */
    private static List<?> violations(Browser browser) throws IOException {
        try (InputStream axe = DashboardForAllTest.class.getResourceAsStream(AXE)) {
            browser.script(new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<?>) Objects.requireNonNull(browser.scriptThatCallsBack("""
                const done = arguments[arguments.length - 1];
                axe.run().then(
                    found => done(found.violations
                        .filter(one => one.impact === 'serious' || one.impact === 'critical')
                        .flatMap(one => one.nodes.map(node => `${one.id}: ${node.html} ${node.failureSummary}`))),
                    reason => done([String(reason)]));
                """));
    }

    @Test
    void nothingIsWiderThanTheScreen(Browser browser) {
        try (ServedScorer scorer = busy()) {
            browser.open(scorer.url());
            fill(browser);
            for (int width : new int[] {1280, 1000, 700, 480, 320}) {
                browser.size(width);

                assertThat((Long) browser.script("return document.scrollingElement.scrollWidth"))
                        .as("at %s px", width)
                        .isLessThanOrEqualTo(width);
                assertThat((List<?>) browser.script("""
                        const wide = [...document.querySelectorAll('section *')].filter(one => !one.closest('.unseen, svg')
                            && getComputedStyle(one).position !== 'absolute'
                            && one.getBoundingClientRect().right > one.closest('section').getBoundingClientRect().right + 1);
                        return wide.map(one => one.outerHTML.slice(0, 200));
                        """)).as("at %s px", width).isEmpty();
            }
        }
    }

    @Test
    void aLongNameWithoutABlankBreaks(Browser browser) {
        try (ServedScorer scorer = busy()) {
            scorer.seen = Happened.refused(scorer.seen, Happened.reason("X".repeat(200), 1, "0@1"));
            browser.open(scorer.url(), 320);
            browser.awaitText("#refusals", "XXX");

            assertThat((Long) browser.script("return document.scrollingElement.scrollWidth"))
                    .isLessThanOrEqualTo(320);
        }
    }

    @Test
    void whoLikesItDarkHasItDark(Browser browser) {
        try (ServedScorer scorer = busy()) {
            browser.open(scorer.url());
            browser.awaitText("#reward", "x_1");
            double light = brightness(browser, "body", "backgroundColor");
            assertThat(light).isGreaterThan(0.9);
            assertThat(brightness(browser, "h2", "color")).isLessThan(0.3);

            browser.scheme(Scheme.DARK);

            assertThat(brightness(browser, "body", "backgroundColor")).isLessThan(0.2);
            assertThat(brightness(browser, "section", "backgroundColor")).isLessThan(0.2);
            assertThat(brightness(browser, "h2", "color")).isGreaterThan(0.8);
            assertThat(brightness(browser, "textarea", "color")).isGreaterThan(0.8);
            assertThat(brightness(browser, "#reward svg .range", "stroke")).isGreaterThan(0.5);
        }
    }

    /** From 0, black, to 1, white. */
    private static double brightness(Browser browser, String css, String property) {
        return ((Number) Objects.requireNonNull(browser.script(
                        "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"
                                + ".match(/[0-9.]+/g).slice(0, 3).reduce((sum, one) => sum + Number(one), 0) / 765",
                        css,
                        property)))
                .doubleValue();
    }

    @Test
    void theKeyboardReachesAllThereIsAndOneSeesWhereOneIs(Browser browser) {
        try (ServedScorer scorer = busy()) {
            browser.open(scorer.url());
            fill(browser);
            // The first key starts at the top.
            browser.script(
                    "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')");
            long controls = (Long)
                    Objects.requireNonNull(
                            browser.script(
                                    "return [...document.querySelectorAll('a, button, input, select, textarea, summary')].filter(one => one.checkVisibility()).length"));
            List<String> reached = new ArrayList<>();
            for (int i = 0; i < controls; i++) {
                browser.press(Keys.TAB);
                reached.add(String.valueOf(browser.script("""
                        const at = document.activeElement;
                        at.dataset.reached = true;
                        const isSeen = getComputedStyle(at).outlineStyle === 'solid' && at.getBoundingClientRect().left >= 0;
                        return `${isSeen ? 'seen' : 'unseen'} ${at.tagName} ${at.innerText} ${at.id}`;
                        """)));
            }

            assertThat(reached).allMatch(one -> one.startsWith("seen "));
            assertThat(reached.get(0)).startsWith("seen A Skip to the panels");
            assertThat((Long) browser.script("return document.querySelectorAll('[data-reached]').length"))
                    .as("of %s", reached)
                    .isEqualTo(controls);
        }
    }

    @Test
    void whoSkipsIsWhereHeWantedToBe(Browser browser) {
        try (ServedScorer scorer = busy()) {
            browser.open(scorer.url());
            browser.awaitText("#reward", "x_1");
            browser.element("a.skip[href='#panels']").sendKeys(Keys.ENTER);
            assertThat(browser.focused().getDomAttribute("id")).isEqualTo("panels");

            browser.element("a.skip[href='#q-playground']").sendKeys(Keys.ENTER);
            browser.press(Keys.TAB);
            assertThat(browser.focused().getDomAttribute("id")).isEqualTo("prompt");
        }
    }

    @Test
    void thePlaygroundIsPlayedByKeyboardAlone(Browser browser) {
        try (ServedScorer scorer = busy()) {
            browser.open(scorer.url());
            browser.awaitText("#candidate-kind", "each 4 numbers");
            browser.element("a.skip[href='#q-playground']").sendKeys(Keys.ENTER);
            browser.press(
                    Keys.TAB, Keys.TAB, Keys.TAB, "9, 0, 0, 0"); // past the prompt and the button beside the candidate
            browser.press(Keys.TAB, Keys.TAB, "0, 0, 0, 0");
            browser.press(Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB, Keys.ENTER); // add, example, level, ask

            browser.awaitText("#picked", "both pick candidate 1");
            assertThat(browser.element("#picked").getDomAttribute("role")).isEqualTo("status");
        }
    }

    @Test
    void headingsAreInOrderAndEachPanelIsCalledByItsQuestion(Browser browser) {
        try (ServedScorer scorer = busy()) {
            browser.open(scorer.url());
            browser.awaitText("#reward", "x_1");

            assertThat(browser.elements("h1")).hasSize(1);
            assertThat(browser.elements("h3, h4, h5, h6")).isEmpty();
            assertThat(browser.elements("main, header, footer")).hasSize(3);
            assertThat(browser.elements("section"))
                    .hasSize(10)
                    .allSatisfy(
                            section -> assertThat(section.getAccessibleName()).endsWith("?"));
        }
    }

    @Test
    void whatAPlotShowsIsAlsoSaid(Browser browser) {
        try (ServedScorer scorer = busy()) {
            browser.open(scorer.url());
            fill(browser);

            assertThat(browser.elements("svg").size()).isGreaterThan(20);
            // In a row of a table it is hidden and the numbers stand beside it; elsewhere it has a name.
            assertThat((List<?>) browser.script("""
                    const isSaid = svg => svg.getAttribute('role') === 'img' ? svg.getAttribute('aria-label').length > 20
                        : svg.closest('[aria-hidden=true]') !== null
                            && (/[0-9]/.test(svg.closest('tr')?.innerText ?? '') || svg.closest('thead') !== null);
                    return [...document.querySelectorAll('svg')].filter(svg => svg.parentElement.closest('svg') === null && !isSaid(svg))
                        .map(svg => svg.outerHTML.slice(0, 200));
                    """)).isEmpty();
        }
    }

    @Test
    void nothingMoves(Browser browser) {
        try (ServedScorer scorer = busy()) {
            browser.open(scorer.url());
            fill(browser);

            assertThat((Long) browser.script("return document.getAnimations().length"))
                    .isZero();
        }
    }
}
