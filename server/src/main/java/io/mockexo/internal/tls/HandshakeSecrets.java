package io.mockexo.internal.tls;

import io.mockexo.tls.KeyLogLine;
import io.mockexo.tls.KeyLogLine.Label;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.jspecify.annotations.Nullable;

/** Takes the secrets of one handshake down as they come into being, each once. */
final class HandshakeSecrets {

  private final Set<Label> taken = EnumSet.noneOf(Label.class);

  /** Those that have come into being since the last call. */
  List<KeyLogLine> fresh(TlsContext context) {
    List<KeyLogLine> lines = new ArrayList<>();
    SecurityParameters parameters = context.getSecurityParametersHandshake();
    if (parameters == null || parameters.getNegotiatedVersion() == null) {
      return lines; // after the handshake, or before its ServerHello
    }
    if (TlsUtils.isTLSv13(parameters.getNegotiatedVersion())) {
      take(lines, context, Label.CLIENT_HANDSHAKE_TRAFFIC_SECRET, parameters.getBaseKeyClient());
      take(lines, context, Label.SERVER_HANDSHAKE_TRAFFIC_SECRET, parameters.getBaseKeyServer());
      if (parameters.getExporterMasterSecret() != null) {
        // Up to here Bouncy Castle has the two above in the place of the next two.
        take(lines, context, Label.CLIENT_TRAFFIC_SECRET_0, parameters.getTrafficSecretClient());
        take(lines, context, Label.SERVER_TRAFFIC_SECRET_0, parameters.getTrafficSecretServer());
        take(lines, context, Label.EXPORTER_SECRET, parameters.getExporterMasterSecret());
      }
    } else {
      take(lines, context, Label.CLIENT_RANDOM, parameters.getMasterSecret());
    }
    return lines;
  }

  /** Of a copy, because a secret that is extracted is gone. */
  private void take(
      List<KeyLogLine> lines, TlsContext context, Label label, @Nullable TlsSecret secret) {
    if (secret != null && taken.add(label)) {
      byte[] copy = context.getCrypto().adoptSecret(secret).extract();
      byte[] random = context.getSecurityParametersHandshake().getClientRandom();
      lines.add(new KeyLogLine(label, random, copy));
    }
  }
}
