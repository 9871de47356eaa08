package io.mockexo.internal.tls;

import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.KeyLogLine;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.TlsJudgement;
import io.mockexo.tls.TlsVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link TlsServerEngine} tells while it is fed. Calls come on the feeding thread. */
public interface TlsEngineListener {

  /**
   * A complete ClientHello came in; nothing has been answered yet. Twice with a HelloRetryRequest.
   */
  void clientHello(ClientHello hello);

  /**
   * Asked after the first ClientHello: whether its answer waits for {@link
   * TlsServerEngine#answerHello}. Default: it does not.
   */
  default boolean holdsAnswer() {
    return false;
  }

  /** A ClientHello in the format of SSL 2.0 came in; the engine takes no more input. */
  void sslv2Hello(int version, int cipherSpecs);

  /**
   * These bytes came in where a record was due, at the beginning or later, and are none; the engine
   * takes no more input. What it decrypted before can still be read and answered.
   */
  void notTls(byte[] bytes);

  /**
   * The policy refuses the ClientHello; nothing was answered and the engine takes no more input.
   */
  void refused(TlsJudgement.Refuse refusal);

  /**
   * Asked when a ClientHello is accepted: whether {@link #secrets} is to be called. Default: no.
   */
  default boolean wantsSecrets() {
    return false;
  }

  /**
   * Secrets of the handshake have come into being, each told once; the engine has not put out
   * anything that they encrypt. Only where the listener {@linkplain #wantsSecrets() wants them}.
   */
  default void secrets(List<KeyLogLine> lines) {}

  /**
   * The client's Finished was verified.
   *
   * @param client who it is by its certificate; null if it showed none
   */
  void established(
      TlsVersion version,
      CipherSuite cipherSuite,
      @Nullable NamedGroup group,
      boolean resumed,
      boolean belowMinimum,
      @Nullable ClientIdentity client);

  /** An alert was put into the output. */
  void alertSent(boolean fatal, int code);

  /** An alert came in. */
  void alertReceived(boolean fatal, int code);

  /** Handshake or connection broke; an alert, if due, is in the output. The engine is closed. */
  void failed(String reason);
}
