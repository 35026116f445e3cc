internal import Glibc

/// A file without a name for what does not fit in memory: whatever happens, nothing of it is left on the disk.
final class SpillFile: Sendable {
  private let descriptor: Int32
  private let folder: String

  init(in folder: String) throws(ScanError) {
    self.folder = folder
    // O_TMPFILE makes a file that no folder lists; where a file system has none, a file is made and unlinked at once.
    var opened = open(folder, O_RDWR | O_CLOEXEC | 0x410000, 0o600)
    if opened < 0 {
      var template = Array("\(folder)/cupel.XXXXXX".utf8CString)
      opened = mkstemp(&template)
      if opened >= 0 { unlink(template) }
    }
    guard opened >= 0 else {
      throw ScanError(
        .unreadable, "no temporary file could be made in \(folder): \(String(cString: strerror(errno)))",
        hint: "name another folder in TMPDIR, or allow more memory with --max-memory")
    }
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// Writes the bytes at the offset.
  func write(_ bytes: [UInt8], at offset: Int) throws(ScanError) {
    var written = 0
    var failure: Int32 = 0
    bytes.withUnsafeBytes { buffer in
      // Safe because: every write begins inside the buffer and ends with it.
      while written < buffer.count, let base = buffer.baseAddress {
        let result = pwrite(descriptor, base + written, buffer.count - written, off_t(offset + written))
        if result < 0, errno == EINTR { continue }
        guard result > 0 else {
          failure = errno
          break
        }
        written += result
      }
    }
    guard written == bytes.count else {
      throw ScanError(
        .unreadable, "a temporary file in \(folder) could not be written: \(String(cString: strerror(failure)))",
        hint: "free some space, name another folder in TMPDIR, or allow more memory with --max-memory")
    }
  }

  /// The bytes that were written there.
  func read(_ offset: Int, _ count: Int) throws(ScanError) -> [UInt8] {
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      // Safe because: every read stays inside the buffer, and `filled` counts only bytes that were read.
      while filled < count, let base = buffer.baseAddress {
        let result = pread(descriptor, base + filled, count - filled, off_t(offset + filled))
        if result < 0, errno == EINTR { continue }
        guard result > 0 else { break }
        filled += result
      }
    }
    guard bytes.count == count else {
      throw ScanError(.unreadable, "a temporary file in \(folder) could not be read back")
    }
    return bytes
  }
}
