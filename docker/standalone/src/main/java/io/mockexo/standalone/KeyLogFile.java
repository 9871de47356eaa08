package io.mockexo.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;

import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.standalone.config.ConfigurationException;
import io.mockexo.tls.KeyLogLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The file that the TLS secrets of all sessions are appended to, while their handshakes go on, so
 * that a capture can be decrypted as it is made. They are secret: the file's owner alone can read
 * it; where the file system has no such permissions, its folder decides.
 */
final class KeyLogFile implements AutoCloseable {

  private static final Set<PosixFilePermission> OF_OWNER =
      PosixFilePermissions.fromString("rw-------");

  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private final Path path;
  private final WritableByteChannel file;
  private final PrintWriter err;
  private boolean failed;

  KeyLogFile(Path path, WritableByteChannel file, PrintWriter err) {
    this.path = path;
    this.file = file;
    this.err = err;
  }

  /**
   * Opens {@code path}, or creates it.
   *
   * @param err gets a line if secrets could not be written later
   * @throws ConfigurationException if that cannot be, or others may read what is there
   */
  static KeyLogFile open(Path path, PrintWriter err) {
    try {
      return new KeyLogFile(path, channel(path), err);
    } catch (NoSuchFileException e) {
      throw refused(path, "there is no such folder");
    } catch (IOException e) {
      throw refused(path, cannotBeWritten(e));
    }
  }

  private static FileChannel channel(Path path) throws IOException {
    try {
      return create(path);
    } catch (FileAlreadyExistsException e) {
      requireSecretFile(path);
      return FileChannel.open(path, APPEND);
    }
  }

  /** With its permissions from the first moment on. */
  private static FileChannel create(Path path) throws IOException {
    FileAttribute<?>[] attributes = {};
    if (hasPermissions(path)) {
      attributes = new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OF_OWNER)};
    }
    return FileChannel.open(path, Set.of(CREATE_NEW, APPEND), attributes);
  }

  /** Permissions that are too wide are not changed: somebody may rely on them. */
  private static void requireSecretFile(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw refused(path, Files.isDirectory(path) ? "this is a folder" : "this is no regular file");
    }
    if (hasPermissions(path)
        && !Collections.disjoint(Files.getPosixFilePermissions(path), OF_OTHERS)) {
      throw refused(
          path, "others have access to it, and it would hold secrets; 'chmod 600' it first");
    }
  }

  private static boolean hasPermissions(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static ConfigurationException refused(Path path, String reason) {
    return new ConfigurationException("--key-log: %s: %s".formatted(path, reason));
  }

  private static String cannotBeWritten(IOException e) {
    String reason = e instanceof FileSystemException problem ? problem.getReason() : e.getMessage();
    if (e instanceof AccessDeniedException) {
      reason = "permission denied";
    }
    return "cannot be written" + (reason == null ? "" : ": " + reason);
  }

  /** Appends the secrets of {@code server} from now on. */
  void follow(MockExchangeOnlineServer server) {
    server.onKeyLog(this::append);
  }

  /**
   * On the thread of the connection, so that they are in the file before the server sends anything
   * that they encrypt; all at once, so that no reader sees half of a line. If it fails, connections
   * go on without.
   */
  private synchronized void append(List<KeyLogLine> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.text()).append('\n'));
    ByteBuffer bytes = US_ASCII.encode(text.toString());
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      tell(e);
    }
  }

  /** Once: a full disk stays full, and sessions may be many. */
  private void tell(IOException e) {
    if (!failed) {
      failed = true;
      err.println("--key-log: %s: %s; secrets are missing".formatted(path, cannotBeWritten(e)));
      err.flush();
    }
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      tell(e);
    }
  }
}
