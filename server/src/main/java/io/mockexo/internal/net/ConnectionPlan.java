package io.mockexo.internal.net;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.tls.ServerCertificate;
import java.util.concurrent.CompletableFuture;

/**
 * What is going to happen to one connection, decided when it is accepted and never changed.
 *
 * @param profile the rules in force
 * @param certificate the certificate to show; not done while its key is still being made
 */
record ConnectionPlan(ExchangeProfile profile, CompletableFuture<ServerCertificate> certificate) {}
