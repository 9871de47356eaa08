package io.mockexo.internal.net;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.tls.ServerCertificate;
import java.util.concurrent.CompletableFuture;

/**
 * What is going to happen to one connection, decided when it is accepted and never changed; the
 * faults note which of them have fired.
 *
 * @param profile the rules in force
 * @param certificate the certificate to show; not done while its key is still being made
 * @param faults what the script has for it
 */
record ConnectionPlan(
    ExchangeProfile profile,
    CompletableFuture<ServerCertificate> certificate,
    ConnectionFaults faults) {}
