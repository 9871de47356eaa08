package io.mockexo.internal.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import jdk.net.ExtendedSocketOptions;

/**
 * Has the kernel acknowledge at once what was received. The JDK writes the end of its handshake in
 * two pieces, and without TCP_NODELAY the second waits until the first is acknowledged (RFC 896),
 * which takes Linux 40 ms where there is nothing to answer yet.
 */
final class QuickAck {

  private static final ChannelOption<Boolean> TCP_QUICKACK =
      NioChannelOption.of(ExtendedSocketOptions.TCP_QUICKACK);

  private QuickAck() {}

  /** Acknowledges; Linux forgets the option soon. Elsewhere there is no such option. */
  static void send(Channel channel) {
    try {
      channel.config().setOption(TCP_QUICKACK, true);
    } catch (ChannelException e) {
      // The connection is over, and with it what there was to acknowledge.
    }
  }
}
