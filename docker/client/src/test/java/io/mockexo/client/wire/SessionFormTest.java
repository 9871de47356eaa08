package io.mockexo.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MessageContent;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.SecretsLogged;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionFormTest {

  private final ObjectMapper mapper = Wire.mapper();
  private final SessionForm withContents = new SessionForm(mapper, true);
  private final SessionForm without = new SessionForm(mapper, false);

  private SmtpSession roundTrip(SmtpSession session, SessionForm form) throws Exception {
    return form.readSession(mapper.readTree(form.write(session).toString()));
  }

  @Test
  void the_sample_has_every_event_that_there_is() {
    assertThat(OneOfEach.EVENTS.stream().<Class<?>>map(Object::getClass))
        .containsExactlyInAnyOrder(SessionEvent.class.getPermittedSubclasses());
  }

  @Test
  void every_event_comes_back_as_it_was() throws Exception {
    SmtpSession back = roundTrip(OneOfEach.session(), withContents);

    assertThat(back.events())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("lines")
        .containsExactlyElementsOf(OneOfEach.EVENTS);
    assertThat(withContents.write(back)).isEqualTo(withContents.write(OneOfEach.session()));
  }

  @Test
  void number_addresses_and_time_come_back_exactly() throws Exception {
    SmtpSession session = OneOfEach.session();
    SmtpSession back = roundTrip(session, withContents);

    assertThat(back.number()).isEqualTo(session.number());
    assertThat(back.endpoint()).isEqualTo(session.endpoint());
    assertThat(back.peer()).isEqualTo(session.peer());
    assertThat(back.local()).isEqualTo(session.local());
    assertThat(back.acceptedAt()).isEqualTo(session.acceptedAt());
    assertThat(back.transcript()).isEqualTo(session.transcript());
    assertThat(back.summary()).isEqualTo(session.summary());
  }

  @Test
  void the_bytes_of_a_message_come_only_when_asked_for() throws Exception {
    assertThat(content(roundTrip(OneOfEach.session(), without))).isNull();
    assertThat(content(roundTrip(OneOfEach.session(), withContents)).toByteArray())
        .isEqualTo(OneOfEach.TRANSACTION.content().toByteArray());
    assertThat(without.write(OneOfEach.session()).toString()).contains("\"content\":{\"bytes\":7}");
  }

  private static MessageContent content(SmtpSession session) {
    return session.deliveredMessages().stream().map(MailTransaction::content).toList().get(0);
  }

  @Test
  void of_secrets_only_the_labels_leave_the_house() throws Exception {
    ObjectNode json = withContents.write(OneOfEach.session());
    assertThat(json.toString()).doesNotContain(OneOfEach.SECRET);

    SmtpSession back = roundTrip(OneOfEach.session(), withContents);
    assertThat(back.events(SecretsLogged.class).get(0).lines().get(0).text())
        .isEqualTo("# CLIENT_RANDOM is not told here");
  }

  @Test
  void a_snapshot_comes_back_with_what_it_knows_of_itself() throws Exception {
    Instant time = Instant.parse("2026-11-23T09:00:10Z");
    Sessions snapshot = new Sessions(List.of(OneOfEach.session()), 4, 2, true, time);
    Sessions back = without.readSnapshot(mapper.readTree(without.write(snapshot).toString()));

    assertThat(back.size()).isEqualTo(1);
    assertThat(back.evicted()).isEqualTo(4);
    assertThat(back.openCount()).isEqualTo(2);
    assertThat(back.isQuiet()).isTrue();
    assertThat(back.takenAt()).contains(time);
    assertThat(without.readSnapshot(without.write(new Sessions(List.of(), 0, 0, false))).takenAt())
        .isEmpty();
  }

  @Test
  void what_a_newer_server_adds_is_left_out() throws Exception {
    ObjectNode json = without.write(OneOfEach.session()).put("moon", "full");
    Stream.of(json.withArray("events")).forEach(all -> ((ObjectNode) all.get(0)).put("tide", 3));

    assertThat(without.readSession(json).number()).isEqualTo(3);
  }

  @Test
  void an_event_that_is_not_known_is_told_with_its_session() {
    ObjectNode json = without.write(OneOfEach.session());
    json.withArray("events").addObject().put("type", "MoonRisen").put("at", 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> without.readSession(json))
        .withMessage("session 3 is not in the form that this version reads");
  }
}
