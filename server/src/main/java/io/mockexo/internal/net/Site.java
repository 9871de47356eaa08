package io.mockexo.internal.net;

import io.mockexo.fault.Effect;
import io.mockexo.tls.AlertDescription;

/** How the effects that stand in for an answer are carried out at one stage of one connection. */
interface Site {

  /** Nothing is looked at for a while; reading goes on. */
  void hold();

  /** These bytes are sent instead of the answer. */
  void garbage(Effect.Garbage garbage);

  /** This is said instead of the answer. */
  void reply(Effect.Answer answer);

  /** A fatal alert is sent. */
  void alert(AlertDescription description);
}
