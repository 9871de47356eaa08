package io.mockexo.assertj;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.MailTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Jakarta Mail is the user's to bring along: without it, all but subject and body works. */
class WithoutJakartaMailTest {

  private static final String WHAT_TO_ADD =
      "subject, header fields and body are read by Jakarta Mail: add"
          + " org.eclipse.angus:angus-mail to the dependencies of the test";

  /** Runs in a class loader of its own. */
  public static final class Envelope implements Callable<String> {
    @Override
    public String call() {
      MailTransaction message =
          SessionBuilder.session(1).ehlo().deliver("<1@a>").closed().deliveredMessages().get(0);
      new MessageAssert(message).hasReversePath("a@client.example").hasContentContaining("hello");
      return "fine";
    }
  }

  /** Runs in a class loader of its own. */
  public static final class Subject implements Callable<String> {
    @Override
    public String call() {
      MailTransaction message =
          SessionBuilder.session(1).ehlo().deliver("<1@a>").closed().deliveredMessages().get(0);
      try {
        new MessageAssert(message).hasSubject("hello");
        return "fine";
      } catch (IllegalStateException e) {
        return e.getMessage();
      }
    }
  }

  @Test
  void the_envelope_and_the_bytes_need_nothing() throws Exception {
    assertThat(callWithout(Envelope.class, "jakarta.mail.")).isEqualTo("fine");
  }

  @Test
  void the_subject_says_what_to_add() throws Exception {
    assertThat(callWithout(Subject.class, "jakarta.mail.")).isEqualTo(WHAT_TO_ADD);
  }

  @Test
  void an_api_without_an_implementation_is_not_enough() throws Exception {
    assertThat(callWithout(Subject.class, "org.eclipse.angus.")).isEqualTo(WHAT_TO_ADD);
  }

  @Test
  void with_both_the_subject_can_be_read() throws Exception {
    assertThat(callWithout(Subject.class, "no.such.package.")).isEqualTo("fine");
  }

  private static String callWithout(Class<? extends Callable<String>> type, String missing)
      throws Exception {
    ClassLoader without = new Without(missing);
    Class<?> isolated = without.loadClass(type.getName());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(without); // where Jakarta Mail looks for its implementation
    try {
      return (String) ((Callable<?>) isolated.getDeclaredConstructor().newInstance()).call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Defines our classes and Jakarta's anew, and does not find some. */
  private static final class Without extends ClassLoader {
    private final String missing;

    Without(String missing) {
      super(WithoutJakartaMailTest.class.getClassLoader());
      this.missing = missing;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        if (name.startsWith(missing)) {
          throw new ClassNotFoundException(name);
        }
        boolean own =
            name.startsWith("io.mockexo.assertj.")
                || name.startsWith("jakarta.mail.")
                || name.startsWith("org.eclipse.angus.");
        return own ? define(name) : super.loadClass(name, resolve);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** An implementation that is not there has no entry for {@code ServiceLoader} either. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.startsWith("META-INF/services/jakarta.mail") && missing.contains("angus")
          ? Collections.emptyEnumeration()
          : super.getResources(name);
    }
  }
}
