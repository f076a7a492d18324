package dev.assay.service.serve;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium with one window. It is told of sizes and preferences, not restarted for them. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20); // takes milliseconds; a busy machine may need more
    private static final Duration LOOK_EVERY = Duration.ofMillis(25);

    /** It warns of each Chromium newer than itself. Kept, for loggers that nobody holds forget their level. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    static {
        SELENIUM.setLevel(Level.SEVERE);
    }

    private final ChromeDriver driver;
    private final Path profile;

    /** How people want pages to look. */
    enum Scheme {
        LIGHT,
        DARK
    }

    private Browser(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    /** @return the two programs it takes, Chromium and its driver; empty if one of them is not on the path */
    static Optional<List<Path>> programs() {
        Optional<Path> chromium = onPath("chromium", "chromium-browser", "google-chrome");
        Optional<Path> chromedriver = onPath("chromedriver");
        return chromium.flatMap(browser -> chromedriver.map(itsDriver -> List.of(browser, itsDriver)));
    }

    private static Optional<Path> onPath(String... names) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(names)
                .flatMap(name ->
                        Arrays.stream(path.split(File.pathSeparator, -1)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param programs as {@link #programs} found them */
    static Browser start(List<Path> programs) {
        Path profile;
        try {
            profile = Files.createTempDirectory("assay-browser-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(programs.get(0).toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox", // of its own; what it shows is ours
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(programs.get(1).toFile())
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        return new Browser(new ChromeDriver(service, options), profile);
    }

    /** Opens a page of its own kind: light, {@code width} × 900, nothing blocked, no token from before. */
    void open(String url, int width) {
        driver.executeCdpCommand("Network.enable", Map.of());
        block();
        size(width);
        scheme(Scheme.LIGHT);
        driver.get(url);
    }

    /** Goes on to another page, everything else as it is. */
    void go(String url) {
        driver.get(url);
    }

    void open(String url) {
        open(url, 1280);
    }

    void size(int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    void scheme(Scheme scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of(
                                        "name",
                                        "prefers-color-scheme",
                                        "value",
                                        scheme.name().toLowerCase(java.util.Locale.ROOT)),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** From now on requests to these addresses, with {@code *} in them, come to nothing. */
    void block(String... addresses) {
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(addresses)));
    }

    /** From now on requests to this address, with {@code *} in it, wait until {@link #letGo}. */
    void hold(String address) {
        driver.executeCdpCommand("Fetch.enable", Map.of("patterns", List.of(Map.of("urlPattern", address))));
    }

    void letGo() {
        driver.executeCdpCommand("Fetch.disable", Map.of());
    }

    WebElement element(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> elements(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** @return what is to be read there, blanks as one */
    String text(String css) {
        return String.valueOf(script("return document.querySelector(arguments[0]).innerText", css))
                .replaceAll("[\\s\u00a0]+", " ")
                .strip();
    }

    /** @return the rows of the bodies of tables in there, as they are to be read, blanks as one */
    List<String> rows(String css) {
        Object rows = script(
                "return [...document.querySelectorAll(arguments[0])].map(row => row.innerText)", css + " tbody tr");
        return ((List<?>) java.util.Objects.requireNonNull(rows))
                .stream()
                        .map(row -> String.valueOf(row)
                                .replaceAll("[\\s\u00a0]+", " ")
                                .strip())
                        .toList();
    }

    boolean shows(String css, String words) {
        return !elements(css).isEmpty() && text(css).contains(words);
    }

    /** Waits until the words are to be read there. */
    void awaitText(String css, String words) {
        await(css + " to say '" + words + "'", () -> shows(css, words));
    }

    void await(String what, BooleanSupplier so) {
        new WebDriverWait(driver, PATIENCE, LOOK_EVERY)
                .ignoring(StaleElementReferenceException.class)
                .withMessage(() -> "waited for " + what + "; the page says: " + text("body"))
                .until(page -> so.getAsBoolean());
    }

    @Nullable
    Object script(String source, Object... arguments) {
        return driver.executeScript(source, arguments);
    }

    /** With a callback as the last argument. */
    @Nullable
    Object scriptThatCallsBack(String source, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return driver.executeAsyncScript(source, arguments);
    }

    /** Presses keys where the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void pressBack() {
        new Actions(driver)
                .keyDown(Keys.SHIFT)
                .sendKeys(Keys.TAB)
                .keyUp(Keys.SHIFT)
                .perform();
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> left = Files.walk(profile)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
