package io.mockexo.internal.net;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.internal.tls.ResumableSessions;
import io.mockexo.tls.ClientTrust;
import io.mockexo.tls.ServerCertificate;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What is going to happen to one connection, decided when it is accepted and never changed; the
 * faults note which of them have fired.
 *
 * @param profile the rules in force
 * @param certificate begins to make the certificate to show, if it was never shown before; asked
 *     when TLS begins, since a key is dear and many connections never get there
 * @param trust judges the certificate of the client
 * @param sessions the TLS sessions that it may resume
 * @param faults what the script has for it
 */
record ConnectionPlan(
    ExchangeProfile profile,
    Supplier<CompletableFuture<ServerCertificate>> certificate,
    ClientTrust trust,
    ResumableSessions sessions,
    ConnectionFaults faults) {}
