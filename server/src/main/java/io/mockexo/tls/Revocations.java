package io.mockexo.tls;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an authority knows about its certificates, by their serial numbers. Thread-safe. */
final class Revocations {

  /** More than any list that somebody reads; of the oldest nothing is known any more. */
  private static final int REMEMBERED = 1000;

  private final Map<BigInteger, ClientVerdict> verdicts = new LinkedHashMap<>();

  synchronized void put(BigInteger serial, ClientVerdict verdict) {
    verdicts.put(serial, verdict);
    verdicts.keySet().removeIf(oldest -> verdicts.size() > REMEMBERED);
  }

  synchronized ClientVerdict of(BigInteger serial) {
    return verdicts.getOrDefault(serial, ClientVerdict.TRUSTED);
  }

  boolean isRevoked(BigInteger serial) {
    return of(serial) == ClientVerdict.REVOKED;
  }

  synchronized List<BigInteger> revoked() {
    return verdicts.keySet().stream().filter(this::isRevoked).toList();
  }
}
