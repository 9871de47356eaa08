package io.mockexo.standalone.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.logging.LogEntry;

/** The page for people, in a tab of its own; closed, it must have had nothing to complain about. */
final class ConsolePage implements AutoCloseable {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  private final Browser.Chromium driver;
  private final String emptyTab;
  private final List<String> reported = new ArrayList<>();

  ConsolePage(Browser.Chromium driver, String address) {
    this.driver = driver;
    this.emptyTab = driver.getWindowHandle();
    driver.switchTo().newWindow(WindowType.TAB);
    log();
    driver.get(address);
    until("it is drawn", () -> !text("#endpoint-title").isEmpty() && !text("#counts").isEmpty());
  }

  /** What a script returns. */
  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  String string(String script) {
    return (String) run(script);
  }

  List<String> strings(String script, Object... arguments) {
    return texts(run(script, arguments));
  }

  /** What a script hands to done(). */
  List<String> stringsLater(String script) {
    return texts(driver.executeAsyncScript("const done = arguments[0];" + script));
  }

  private static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).toList();
  }

  /** Whether nothing of it is beside its window. */
  boolean fitsItsWindow() {
    return (boolean) run("return document.documentElement.scrollWidth <= window.innerWidth");
  }

  /** The texts of all that there is of a selector, in one look; what is hidden has none. */
  List<String> texts(String selector) {
    return strings(
        "return [...document.querySelectorAll(arguments[0])].map(e => e.checkVisibility() ? (e instanceof"
            + " HTMLElement ? e.innerText : e.textContent).trim() : '')",
        selector);
  }

  /** The text of the first, or nothing if there is none. */
  String text(String selector) {
    List<String> texts = texts(selector);
    return texts.isEmpty() ? "" : texts.get(0);
  }

  long count(String selector) {
    return (long) run("return document.querySelectorAll(arguments[0]).length", selector);
  }

  void until(String what, BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > PATIENCE) {
        throw new AssertionError(
            "waited in vain until %s; the page:%n%s%nand its log: %s"
                .formatted(what, text("body"), log()));
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  void untilText(String selector, String expected) {
    until(selector + " has " + expected, () -> text(selector).contains(expected));
  }

  /** A click of the mouse on the first, which may be replaced just then. */
  void click(String selector) {
    for (; ; ) {
      try {
        driver.findElement(By.cssSelector(selector)).click();
        return;
      } catch (StaleElementReferenceException e) {
        // find the new one
      }
    }
  }

  /** Replaces what is in a field. */
  void type(String selector, String text) {
    WebElement field = driver.findElement(By.cssSelector(selector));
    field.clear();
    field.sendKeys(text);
  }

  /** Sends keys to whatever has the focus. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Chooses in a select as with the keyboard: an element and the events of it. */
  void select(String selector, String option) {
    WebElement field = driver.findElement(By.cssSelector(selector));
    field.findElements(By.tagName("option")).stream()
        .filter(each -> each.getText().equals(option))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no option " + option))
        .click();
    assertThat(field.getAttribute("value")).isNotNull();
  }

  void tab() {
    press(Keys.TAB);
  }

  /** The colors that somebody prefers, and how wide the window is. */
  void look(String scheme, int width, int height) {
    Map<String, Object> feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    driver.devTools("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    driver.devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  String title() {
    return driver.getTitle();
  }

  /** What the browser had to say since it was asked last: errors, and what the policy forbade. */
  List<LogEntry> log() {
    return driver.manage().logs().get("browser").getAll();
  }

  /** Asserts that it loaded nothing from elsewhere. */
  void assertStayedHere() {
    List<String> elsewhere =
        strings(
            "return performance.getEntriesByType('resource').map(e => e.name)"
                + ".filter(n => !n.startsWith(location.origin + '/'))");
    assertThat(elsewhere).isEmpty();
  }

  /** What was reported of something that the test did itself. */
  void forgetLog() {
    log();
  }

  /** How often the browser has said such a thing by now; it is no complaint any more. */
  int reported(String words) {
    log().stream()
        .map(LogEntry::getMessage)
        .filter(each -> each.contains(words))
        .forEach(reported::add);
    return reported.size();
  }

  @Override
  public void close() {
    List<LogEntry> complaints = log();
    driver.close();
    driver.switchTo().window(emptyTab);
    assertThat(complaints).isEmpty();
  }
}
