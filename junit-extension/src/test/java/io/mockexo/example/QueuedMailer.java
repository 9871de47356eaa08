package io.mockexo.example;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPAddressSucceededException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.eclipse.angus.mail.util.MailSSLSocketFactory;

/**
 * What applications put in front of Jakarta Mail: a queue of one message that tries again, and may
 * fall back. Jakarta Mail itself makes one connection and no second.
 */
final class QueuedMailer {

  private final Properties properties;
  private final Manners manners;

  /**
   * How it behaves when something goes wrong.
   *
   * @param requiresTls whether mail may go inside TLS only
   * @param fallsBack whether it goes to cleartext, at once, where TLS failed
   * @param isStubborn whether it does again what was refused for good: a message, a password, and
   *     recipients that have their copy
   * @param risksCopies whether it sends again what may have arrived: a message whose connection was
   *     lost on the way, as RFC 5321, section 3.8, has it
   * @param attempts how often it tries
   * @param pause before the second try; each further one takes half as long again
   */
  record Manners(
      boolean requiresTls,
      boolean fallsBack,
      boolean isStubborn,
      boolean risksCopies,
      int attempts,
      Duration pause) {

    /** Inside TLS or not at all, and with patience. */
    static Manners sound() {
      return new Manners(true, false, false, true, 3, Duration.ofMillis(40));
    }

    /** As a mail server is: TLS if it is to be had, and never cleartext after it failed. */
    static Manners opportunistic() {
      return new Manners(false, false, false, true, 3, Duration.ofMillis(40));
    }

    /** Gets the mail out, whatever it takes. */
    static Manners unsound() {
      return new Manners(false, true, true, true, 3, Duration.ofMillis(1));
    }

    Manners withAttempts(int count) {
      return new Manners(requiresTls, fallsBack, isStubborn, risksCopies, count, pause);
    }

    /** Rather not at all than twice. */
    Manners withoutCopies() {
      return new Manners(requiresTls, fallsBack, isStubborn, false, attempts, pause);
    }
  }

  /** Sends to where the properties of a Jakarta Mail session say. */
  QueuedMailer(Properties properties, Manners manners) {
    this.properties = properties;
    this.manners = manners;
    properties.put("mail.smtp.starttls.enable", "true");
    properties.put("mail.smtp.starttls.required", Boolean.toString(manners.requiresTls()));
    properties.put("mail.smtp.localhost", "app.client.example");
    properties.put("mail.smtp.sendpartial", "true");
  }

  /** Any other setting of Jakarta Mail. */
  QueuedMailer with(String setting, String value) {
    properties.put("mail.smtp." + setting, value);
    return this;
  }

  /** Checks no certificate, as a mail server that only wants to be encrypted. */
  QueuedMailer trustingAnybody() throws GeneralSecurityException {
    MailSSLSocketFactory trusting = new MailSSLSocketFactory();
    trusting.setTrustAllHosts(true);
    properties.put("mail.smtp.ssl.socketFactory", trusting);
    return with("ssl.checkserveridentity", "false");
  }

  /** Checks certificates as Exchange does, revocation included. */
  QueuedMailer checkingRevocation(KeyStore roots) throws GeneralSecurityException {
    PKIXBuilderParameters checked = new PKIXBuilderParameters(roots, new X509CertSelector());
    checked.setRevocationEnabled(true);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(new CertPathTrustManagerParameters(checked));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    properties.put("mail.smtp.ssl.socketFactory", context.getSocketFactory());
    return this;
  }

  /** Submits with a password. */
  QueuedMailer loggingInAs(String user, String password) {
    return with("auth", "true").with("user", user).with("password", password);
  }

  /**
   * Sends a message, and waits until it is delivered or given up.
   *
   * @return whether all recipients have it
   */
  boolean send(String subject, String... recipients) throws MessagingException {
    MimeMessage message = new MimeMessage(Session.getInstance(properties));
    message.setFrom(new InternetAddress("app@client.example"));
    message.setRecipients(Message.RecipientType.TO, String.join(",", recipients));
    message.setSubject(subject);
    message.setText("body of " + subject);
    message.saveChanges();
    return deliver(message);
  }

  private boolean deliver(MimeMessage message) {
    List<Address> pending = new ArrayList<>();
    for (String recipient : recipients(message)) {
      pending.add(address(recipient));
    }
    Duration pause = manners.pause();
    boolean inCleartext = false;
    for (int attempt = 1; attempt <= manners.attempts() && !pending.isEmpty(); attempt++) {
      if (attempt > 1) {
        sleep(pause);
        pause = pause.multipliedBy(3).dividedBy(2);
      }
      try {
        transmit(message, pending, inCleartext);
        pending.clear();
      } catch (MessagingException e) {
        if (isFinal(e)) {
          return false;
        }
        if (!manners.isStubborn()) {
          pending.removeAll(settled(e));
        }
        inCleartext |= manners.fallsBack() && isAboutTls(e);
      }
    }
    return pending.isEmpty();
  }

  private void transmit(MimeMessage message, List<Address> recipients, boolean inCleartext)
      throws MessagingException {
    Properties present = new Properties();
    present.putAll(properties);
    if (inCleartext) {
      present.put("mail.smtp.starttls.enable", "false");
    }
    try (Transport transport = Session.getInstance(present).getTransport("smtp")) {
      transport.connect(
          properties.getProperty("mail.smtp.user"), properties.getProperty("mail.smtp.password"));
      send(transport, message, recipients);
    }
  }

  private static void send(Transport transport, MimeMessage message, List<Address> recipients)
      throws MessagingException {
    try {
      transport.sendMessage(message, recipients.toArray(Address[]::new));
    } catch (MessagingException e) {
      boolean atItsEnd = e instanceof SMTPSendFailedException failed && failed.getReturnCode() < 0;
      throw atItsEnd || e.getNextException() instanceof IOException ? new LostOnTheWay(e) : e;
    }
  }

  /** The message may have arrived, or not. */
  private static final class LostOnTheWay extends MessagingException {
    LostOnTheWay(MessagingException cause) {
      super("the connection was lost on the way", cause);
    }
  }

  /** Whether trying again is of no use, as far as this mailer cares. */
  private boolean isFinal(MessagingException failure) {
    if (manners.isStubborn()) {
      return false;
    }
    return failure instanceof AuthenticationFailedException
        || (failure instanceof LostOnTheWay && !manners.risksCopies())
        || (failure instanceof SMTPSendFailedException refused
            && refused.getReturnCode() / 100 == 5
            && settled(failure).isEmpty());
  }

  /** The recipients that have their copy, and those that were refused for good. */
  private static List<Address> settled(MessagingException failure) {
    List<Address> settled = new ArrayList<>();
    for (Exception e = failure; e instanceof MessagingException next; e = next.getNextException()) {
      if (e instanceof SMTPAddressSucceededException sent) {
        settled.add(sent.getAddress());
      } else if (e instanceof SMTPAddressFailedException refused
          && refused.getReturnCode() / 100 == 5) {
        settled.add(refused.getAddress());
      } else if (e instanceof SendFailedException sent && sent.getValidSentAddresses() != null) {
        settled.addAll(Arrays.asList(sent.getValidSentAddresses()));
      }
    }
    return settled;
  }

  /** Of a STARTTLS that was refused Jakarta Mail gives the reply alone. */
  private static boolean isAboutTls(MessagingException failure) {
    String message = String.valueOf(failure.getMessage());
    return !(failure instanceof SendFailedException)
        && !(failure instanceof AuthenticationFailedException)
        && !(failure instanceof MailConnectException)
        && (message.contains("TLS") || message.startsWith("500 "));
  }

  private static List<String> recipients(MimeMessage message) {
    try {
      return Arrays.stream(message.getAllRecipients()).map(Address::toString).toList();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Address address(String recipient) {
    try {
      return new InternetAddress(recipient);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
