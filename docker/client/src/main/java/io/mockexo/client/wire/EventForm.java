package io.mockexo.client.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.mockexo.journal.SessionEvent;

/** The wire names of all events, in {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SessionEvent.ClientBlocklisted.class, name = "ClientBlocklisted"),
  @JsonSubTypes.Type(value = SessionEvent.CommandReceived.class, name = "CommandReceived"),
  @JsonSubTypes.Type(value = SessionEvent.MessageDataReceived.class, name = "MessageDataReceived"),
  @JsonSubTypes.Type(value = SessionEvent.ReplySent.class, name = "ReplySent"),
  @JsonSubTypes.Type(value = SessionEvent.MiddleboxActed.class, name = "MiddleboxActed"),
  @JsonSubTypes.Type(value = SessionEvent.LimitReached.class, name = "LimitReached"),
  @JsonSubTypes.Type(value = SessionEvent.ClientHelloReceived.class, name = "ClientHelloReceived"),
  @JsonSubTypes.Type(value = SessionEvent.Sslv2HelloReceived.class, name = "Sslv2HelloReceived"),
  @JsonSubTypes.Type(value = SessionEvent.TlsRefused.class, name = "TlsRefused"),
  @JsonSubTypes.Type(value = SessionEvent.SecretsLogged.class, name = "SecretsLogged"),
  @JsonSubTypes.Type(value = SessionEvent.TlsEstablished.class, name = "TlsEstablished"),
  @JsonSubTypes.Type(
      value = SessionEvent.ClientCertificateShown.class,
      name = "ClientCertificateShown"),
  @JsonSubTypes.Type(value = SessionEvent.SessionTicketsSent.class, name = "SessionTicketsSent"),
  @JsonSubTypes.Type(value = SessionEvent.TlsFailed.class, name = "TlsFailed"),
  @JsonSubTypes.Type(value = SessionEvent.Alert.class, name = "Alert"),
  @JsonSubTypes.Type(value = SessionEvent.Authenticated.class, name = "Authenticated"),
  @JsonSubTypes.Type(
      value = SessionEvent.AuthenticationFailed.class,
      name = "AuthenticationFailed"),
  @JsonSubTypes.Type(value = SessionEvent.MessageAccepted.class, name = "MessageAccepted"),
  @JsonSubTypes.Type(value = SessionEvent.TransactionFailed.class, name = "TransactionFailed"),
  @JsonSubTypes.Type(value = SessionEvent.StrayBytes.class, name = "StrayBytes"),
  @JsonSubTypes.Type(value = SessionEvent.FaultInjected.class, name = "FaultInjected"),
  @JsonSubTypes.Type(value = SessionEvent.EventsDropped.class, name = "EventsDropped"),
  @JsonSubTypes.Type(value = SessionEvent.Closed.class, name = "Closed")
})
interface EventForm {}
