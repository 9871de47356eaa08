package io.mockexo.example;

import jakarta.mail.AuthenticationFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.springframework.mail.MailSendException;

/** What an application has to know of a failed send before it tries again. */
final class MailFailures {

  private MailFailures() {}

  /** Whether another try may help: neither a password nor the mail was refused for good. */
  static boolean mayPass(Throwable failure) {
    return !isForGood(failure) && behind(failure).stream().allMatch(MailFailures::mayPass);
  }

  private static boolean isForGood(Throwable failure) {
    return failure instanceof AuthenticationFailedException
        || (failure instanceof SMTPSendFailedException mail && mail.getReturnCode() / 100 == 5)
        || (failure instanceof SMTPAddressFailedException rcpt && rcpt.getReturnCode() / 100 == 5);
  }

  /** Spring has the reply neither as the cause nor as suppressed, but beside them. */
  private static List<Throwable> behind(Throwable failure) {
    List<Throwable> behind = new ArrayList<>();
    if (failure instanceof MailSendException unsent) {
      behind.addAll(List.of(unsent.getMessageExceptions()));
    }
    behind.add(failure.getCause());
    behind.removeIf(Objects::isNull);
    return behind;
  }
}
