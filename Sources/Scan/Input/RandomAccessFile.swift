internal import Glibc

/// A regular file that is read at any place, by many threads at once. Each read finds it as it was opened, or is an error.
package final class RandomAccessFile: Sendable {
  package let name: String
  /// The size when the file was opened.
  package var size: Int { stamp.size }
  private let stamp: FileStamp
  private let descriptor: Int32

  /// Opens the file; a pipe or a folder is an error.
  package init(path: String, displayedAs name: String) throws(ScanError) {
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else { throw FileSource.cannotOpen(name, errno) }
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw ScanError(
        .unreadable, "\(name) is no regular file, and this format is read at many places at once",
        hint: "save it to a file first")
    }
    self.name = name
    stamp = FileStamp(status)
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// The bytes at `offset..<offset + count`; an error when the file has fewer. `count` is never trusted: it is compared
  /// with the file's size before anything is allocated.
  package func read(_ offset: Int, _ count: Int) throws(ScanError) -> [UInt8] {
    guard offset >= 0, count >= 0, offset <= size, count <= size - offset else {
      throw ScanError(.malformed, "\(name): \(count) bytes at offset \(offset) lie outside of the file")
    }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      // Safe because: every read stays inside the buffer, and `filled` counts only bytes that were written.
      while filled < count {
        let result = pread(descriptor, buffer.baseAddress! + filled, count - filled, off_t(offset + filled))
        if result < 0, errno == EINTR { continue }
        guard result > 0 else {
          failure = result < 0 ? errno : 0
          break
        }
        filled += result
      }
    }
    guard failure == 0 else {
      let why = String(cString: strerror(failure))
      throw ScanError(.unreadable, "\(name) could not be read at offset \(offset + bytes.count): \(why)")
    }
    try stamp.check(descriptor, name: name)
    guard bytes.count == count else { throw .changed(name) }
    return bytes
  }
}
