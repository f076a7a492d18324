package dev.assay.service.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.http.Route;
import dev.assay.service.serve.dashboard.Dashboard.Page;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's files as they are served, without a browser. */
class DashboardTest {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static HttpResponse<String> get(ServedScorer scorer, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(scorer.url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String text(Page page) {
        return new String(page.read(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(Page.class)
    void everyFileComesWithItsTypeAndAPolicyThatLetsNothingElseIn(Page page) throws Exception {
        try (ServedScorer scorer = new ServedScorer()) { // It has no snapshot: the page is to say so.
            HttpResponse<String> served = get(scorer, page.path());

            assertThat(served.statusCode()).isEqualTo(200);
            assertThat(served.body()).isEqualTo(text(page));
            String ending = page == Page.INDEX
                    ? "html"
                    : page.path().substring(page.path().lastIndexOf('.') + 1);
            assertThat(served.headers().firstValue("Content-Type")).contains(TYPES.get(ending));
            assertThat(served.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            List<String> policy = Arrays.asList(served.headers()
                    .firstValue("Content-Security-Policy")
                    .orElseThrow()
                    .split("; *", -1));
            assertThat(policy).contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
            assertThat(policy.toString()).doesNotContain("unsafe", "*", ":");
        }
    }

    @Test
    void aFileThatHasNotChangedIsNotSentAgain() throws Exception {
        try (ServedScorer scorer = new ServedScorer()) {
            HttpResponse<String> first = get(scorer, "/");
            String tag = first.headers().firstValue("ETag").orElseThrow();

            assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache");
            assertThat(get(scorer, "/", "If-None-Match", "\"other\", W/" + tag).statusCode())
                    .isEqualTo(304);
            assertThat(get(scorer, "/", "If-None-Match", "\"other\"").statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dashboard/",
                "/dashboard/other.js",
                "/dashboard/index.html",
                "/dashboard/..%2Fopenapi.json",
                "/dashboard/%2e%2e/%2e%2e/serve/openapi.json"
            })
    void noOtherFileIsServed(String path) throws Exception {
        try (ServedScorer scorer = new ServedScorer()) {
            assertThat(get(scorer, path).statusCode()).isIn(400, 404); // 400: Jetty refuses to go up
        }
    }

    @Test
    void whatThePageNamesIsAFileOrARoute() {
        List<String> served = Stream.concat(
                        Arrays.stream(Page.values()).map(Page::path),
                        ServedScorer.routes().stream().map(Route::path))
                .toList();
        List<String> named = Stream.of(
                        found(text(Page.INDEX), "(?:href|src)=\"([^#\"]*)\"").map(name -> "/" + name),
                        scripts()
                                .flatMap(page -> found(text(page), "from '\\.(/[^']*)'"))
                                .map(name -> "/dashboard" + name),
                        scripts()
                                .flatMap(page -> found(text(page), "(?:get|post|send|stream)\\('([^']*)'"))
                                .map(name -> "/" + name))
                .flatMap(names -> names)
                .distinct()
                .toList();

        assertThat(served).containsAll(named);
        assertThat(named)
                .as("all files are named, so the patterns above find what there is")
                .containsAll(Arrays.stream(Page.values())
                        .filter(page -> page != Page.INDEX)
                        .map(Page::path)
                        .toList());
        assertThat(named)
                .contains(
                        "/v1/model",
                        "/v1/rationality",
                        "/v1/leaderboard",
                        "/v1/best-of-n",
                        "/v1/annotators",
                        "/v1/activity",
                        "/v1/activity/stream",
                        "/v1/refusals",
                        "/health/ready");
    }

    @ParameterizedTest
    @EnumSource(Page.class)
    void nothingIsInlineAndNothingComesFromElsewhere(Page page) throws IOException {
        String content = text(page).replace("http://www.w3.org/2000/svg", "");

        assertThat(content)
                .doesNotContain("http://", "https://", "innerHTML", "outerHTML", "insertAdjacentHTML", "eval(");
        assertThat(content).doesNotContainPattern("<script(?![^>]*\\bsrc=)").doesNotContainPattern("<style");
        assertThat(content)
                .doesNotContainPattern("<[^>]*\\s(?:on[a-z]+|style)\\s*=")
                .doesNotContain("javascript:");
        assertThat(content).doesNotContain(".style.", "'style'", "@import", "url(");
    }

    @Test
    void everyElementThatAScriptAsksForIsInThePage() {
        List<String> ids = found(text(Page.INDEX), "\\bid=\"([^\"]*)\"").toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(scripts()
                        .flatMap(page -> found(text(page), "(?:getElementById|show|say)\\('([^']*)'"))
                        .collect(Collectors.toSet()))
                .isNotEmpty()
                .isSubsetOf(ids);
        assertThat(ids)
                .containsAll(found(text(Page.INDEX), "(?:for|aria-labelledby)=\"([^\"]*)\"")
                        .toList());
    }

    private static Stream<Page> scripts() {
        return Arrays.stream(Page.values()).filter(page -> page.path().endsWith(".js"));
    }

    private static Stream<String> found(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().map((MatchResult match) -> match.group(1));
    }
}
