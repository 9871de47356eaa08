package io.mockexo.standalone;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class ProgramVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"mock-exchange-online " + number()};
  }

  static String number() {
    String version = MockExchangeOnline.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
