package io.mockexo.tls;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A group for the key exchange (RFC 8446, section 4.2.7; "curve" in RFC 8422), known or not.
 *
 * @param code the two bytes on the wire
 * @param name the IANA name; {@code GREASE} for the values of RFC 8701, else the code in
 *     hexadecimal
 * @since 0.1
 */
public record NamedGroup(int code, String name) {

  public static final NamedGroup SECP256R1 = new NamedGroup(0x0017, "secp256r1");
  public static final NamedGroup SECP384R1 = new NamedGroup(0x0018, "secp384r1");
  public static final NamedGroup SECP521R1 = new NamedGroup(0x0019, "secp521r1");
  public static final NamedGroup X25519 = new NamedGroup(0x001D, "x25519");
  public static final NamedGroup X448 = new NamedGroup(0x001E, "x448");

  private static final Map<String, NamedGroup> NEGOTIABLE = negotiable();

  private static final Map<Integer, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry(0x0013, "secp192r1"),
          Map.entry(0x0015, "secp224r1"),
          Map.entry(0x0016, "secp256k1"),
          Map.entry(0x001A, "brainpoolP256r1"),
          Map.entry(0x001B, "brainpoolP384r1"),
          Map.entry(0x001C, "brainpoolP512r1"),
          Map.entry(0x0100, "ffdhe2048"),
          Map.entry(0x0101, "ffdhe3072"),
          Map.entry(0x0102, "ffdhe4096"),
          Map.entry(0x0103, "ffdhe6144"),
          Map.entry(0x0104, "ffdhe8192"),
          Map.entry(0x11EB, "SecP256r1MLKEM768"),
          Map.entry(0x11EC, "X25519MLKEM768"),
          Map.entry(0x11ED, "SecP384r1MLKEM1024"));

  /** The group with this wire code. */
  public static NamedGroup ofCode(int code) {
    return NEGOTIABLE.values().stream()
        .filter(group -> group.code == code)
        .findFirst()
        .orElseGet(
            () -> {
              String name = OTHER_NAMES.get(code);
              return new NamedGroup(code, name != null ? name : CodePoints.fallbackName(code));
            });
  }

  /**
   * The group with this IANA name; the names that people use, {@code P-256} or {@code prime256v1},
   * do as well.
   *
   * @throws IllegalArgumentException if there is none that the server can negotiate
   */
  public static NamedGroup named(String name) {
    NamedGroup group = NEGOTIABLE.get(name.strip().toLowerCase(Locale.ROOT));
    if (group == null) {
      throw new IllegalArgumentException(
          "group '%s' is not one that this server can negotiate: %s"
              .formatted(
                  name,
                  NEGOTIABLE.values().stream()
                      .map(NamedGroup::name)
                      .distinct()
                      .collect(Collectors.joining(", "))));
    }
    return group;
  }

  private static Map<String, NamedGroup> negotiable() {
    Map<String, NamedGroup> groups = new TreeMap<>();
    groups.put("secp256r1", SECP256R1);
    groups.put("prime256v1", SECP256R1);
    groups.put("p-256", SECP256R1);
    groups.put("secp384r1", SECP384R1);
    groups.put("p-384", SECP384R1);
    groups.put("secp521r1", SECP521R1);
    groups.put("p-521", SECP521R1);
    groups.put("x25519", X25519);
    groups.put("x448", X448);
    return groups;
  }

  @Override
  public String toString() {
    return name;
  }
}
