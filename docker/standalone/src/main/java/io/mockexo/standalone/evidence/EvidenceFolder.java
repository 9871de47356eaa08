package io.mockexo.standalone.evidence;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder that evidence is written to. A file has its name only when it is whole; until then it
 * is called {@code .part}. The JSON of a session comes last and goes first: where it is, the others
 * are. Only files of its own are ever deleted. For one thread and one program.
 */
final class EvidenceFolder {

  private static final String PART = ".part";
  private static final String PROBE = "probe";

  private static final Set<PosixFilePermission> OF_OWNER =
      PosixFilePermissions.fromString("rw-------");

  private final Path folder;
  private final EvidenceLimits limits;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private long keptBytes;

  /** The files of a session, of this run or an earlier one. */
  private record Kept(List<String> files, long bytes) {}

  EvidenceFolder(Path folder, EvidenceLimits limits) {
    this.folder = folder;
    this.limits = limits;
  }

  Path path() {
    return folder;
  }

  /** Tries whether anything can be written. */
  void probe() throws IOException {
    Path part = folder.resolve(PROBE + PART);
    Files.write(part, new byte[] {'\n'});
    Files.delete(part);
  }

  /** Looks what is there, from earlier runs, too: it counts, and has to go first. */
  void look() throws IOException {
    kept.clear();
    keptBytes = 0;
    TreeMap<String, List<String>> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(file -> !isRest(file))
          .forEach(
              file ->
                  EvidenceName.ofFile(file)
                      .ifPresent(
                          name -> found.computeIfAbsent(name, n -> new ArrayList<>()).add(file)));
    }
    for (List<String> files : found.values()) {
      keep(new Kept(List.copyOf(files), size(files)));
    }
    makeRoom();
  }

  /** Whether a file is what a killed run has left half written; it has gone then. */
  private boolean isRest(String file) {
    boolean rest = false;
    if (file.endsWith(PART)) {
      String meant = file.substring(0, file.length() - PART.length());
      rest = meant.equals(PROBE) || EvidenceName.ofFile(meant).isPresent();
    }
    if (rest) {
      deleteQuietly(folder.resolve(file));
    }
    return rest;
  }

  private long size(List<String> files) {
    long size = 0;
    for (String file : files) {
      size += folder.resolve(file).toFile().length();
    }
    return size;
  }

  /** Writes the files of a session, all or none; they get their names in this order. */
  void write(List<EvidenceFile> files) throws IOException {
    long bytes = place(files);
    keep(new Kept(files.stream().map(EvidenceFile::name).toList(), bytes));
    makeRoom();
  }

  /** Writes a file that belongs to no session, and so never goes; it replaces an earlier one. */
  void writeApart(EvidenceFile file) throws IOException {
    place(List.of(file));
  }

  private long place(List<EvidenceFile> files) throws IOException {
    long bytes = 0;
    boolean written = false;
    try {
      for (EvidenceFile file : files) {
        bytes += writePart(file);
      }
      for (EvidenceFile file : files) {
        Files.move(part(file), folder.resolve(file.name()), ATOMIC_MOVE);
      }
      written = true;
    } finally {
      if (!written) {
        files.forEach(file -> deleteQuietly(part(file)));
        files.forEach(file -> deleteQuietly(folder.resolve(file.name())));
      }
    }
    return bytes;
  }

  private Path part(EvidenceFile file) {
    return folder.resolve(file.name() + PART);
  }

  private long writePart(EvidenceFile file) throws IOException {
    Path part = part(file);
    boolean hidden = file.secret() && supportsPermissions();
    FileAttribute<?>[] attributes =
        hidden
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OF_OWNER)}
            : new FileAttribute<?>[0];
    Files.deleteIfExists(part); // one that a killed run has left may have other permissions
    try (FileChannel channel =
            FileChannel.open(part, Set.of(CREATE, TRUNCATE_EXISTING, WRITE), attributes);
        OutputStream out = Channels.newOutputStream(channel);
        InputStream in = file.content().open()) {
      return in.transferTo(out);
    }
  }

  private boolean supportsPermissions() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private void keep(Kept session) {
    kept.addLast(session);
    keptBytes += session.bytes();
  }

  /** The newest stays, however large it is. */
  private void makeRoom() {
    while (kept.size() > limits.maxSessions()
        || (keptBytes > limits.maxBytes() && kept.size() > 1)) {
      Kept oldest = kept.removeFirst();
      keptBytes -= oldest.bytes();
      oldest.files().stream()
          .sorted(Comparator.comparing(file -> !file.endsWith(EvidenceName.MARK)))
          .forEach(file -> deleteQuietly(folder.resolve(file)));
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      return; // the folder has gone, or somebody else looks after it now
    }
  }
}
