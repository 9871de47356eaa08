package io.mockexo.internal.net;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A request in HTTP/1.0 or 1.1, as far as a client needs it that looks up a revocation. */
final class SmallHttpRequest {

  /** Head and body together; a question about a certificate has a hundred bytes or two. */
  private static final int MAX_SIZE = 16 * 1024;

  /** For the whole request, and once more for the client to take the answer. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final String LENGTH = "\r\ncontent-length:";

  private final String method;
  private final String path;
  private final byte[] body;

  private SmallHttpRequest(String head, byte[] body) throws IOException {
    String[] words = head.split("\r\n", 2)[0].split(" ", 3);
    if (words.length < 3) {
      throw new IOException("not HTTP");
    }
    this.method = words[0];
    this.path = words[1];
    this.body = body;
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  byte[] body() {
    return body;
  }

  /** Reads one. */
  static SmallHttpRequest read(Socket client) throws IOException {
    long deadline = System.nanoTime() + PATIENCE;
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    int endOfHead = -1;
    int missing = 1;
    while (missing > 0) {
      readSome(client, deadline, received);
      String text = received.toString(StandardCharsets.ISO_8859_1);
      endOfHead = text.indexOf(END_OF_HEAD);
      if (endOfHead >= 0) {
        int end = endOfHead + END_OF_HEAD.length() + bodyLength(text.substring(0, endOfHead));
        missing = end - received.size();
      }
    }
    byte[] all = received.toByteArray();
    int bodyStart = endOfHead + END_OF_HEAD.length();
    byte[] body = new byte[all.length - bodyStart];
    System.arraycopy(all, bodyStart, body, 0, body.length);
    return new SmallHttpRequest(new String(all, 0, endOfHead, StandardCharsets.ISO_8859_1), body);
  }

  private static void readSome(Socket client, long deadline, ByteArrayOutputStream received)
      throws IOException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    client.setSoTimeout((int) left);
    byte[] some = new byte[2048];
    int read = client.getInputStream().read(some);
    if (read < 0 || received.size() + read > MAX_SIZE) {
      throw new EOFException();
    }
    received.write(some, 0, read);
  }

  private static int bodyLength(String head) throws IOException {
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf(LENGTH);
    if (at < 0) {
      return 0;
    }
    int from = at + LENGTH.length();
    int to = lower.indexOf('\r', from);
    try {
      return Integer.parseInt(lower.substring(from, to < 0 ? lower.length() : to).strip());
    } catch (NumberFormatException e) {
      throw new IOException("not a length", e);
    }
  }
}
