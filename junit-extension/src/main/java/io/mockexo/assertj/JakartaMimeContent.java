package io.mockexo.assertj;

import io.mockexo.journal.MessageContent;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The one class that knows Jakarta Mail, loaded when it is needed. */
final class JakartaMimeContent implements MimeContent {

  private final MimeMessage message;

  JakartaMimeContent(MessageContent content) {
    Session session = Session.getInstance(new Properties());
    this.message = read(() -> new MimeMessage(session, content.openStream()));
  }

  @Override
  public List<String> header(String name) {
    return read(
        () -> {
          List<String> decoded = new ArrayList<>();
          String[] values = message.getHeader(name);
          for (String value : values == null ? new String[0] : values) {
            decoded.add(MimeUtility.decodeText(MimeUtility.unfold(value)));
          }
          return decoded;
        });
  }

  @Override
  public String text() {
    return read(
        () -> {
          String plain = text(message, "text/plain");
          String any = plain == null ? text(message, "text/*") : plain;
          return any == null ? "" : any;
        });
  }

  /** The text of the first part of this type, or null. Attachments are no text. */
  private static @Nullable String text(Part part, String type)
      throws MessagingException, IOException {
    if (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
      return null;
    }
    if (part.isMimeType(type)) {
      return part.getContent() instanceof String text ? text : null;
    }
    if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        String text = text(parts.getBodyPart(i), type);
        if (text != null) {
          return text;
        }
      }
    }
    return null;
  }

  private interface Reading<T> {
    T read() throws MessagingException, IOException;
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (MessagingException | IOException e) {
      throw new IllegalArgumentException("Jakarta Mail cannot read it: " + e.getMessage(), e);
    }
  }
}
