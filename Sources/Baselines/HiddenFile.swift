internal import Glibc

/// A copy of bytes on the disk that has no name in any folder: readers open it by its path, and with the last who holds
/// it, or with the process, it is gone.
package final class HiddenFile: Sendable {
  private let descriptor: Int32

  /// The path by which this process opens it. proc(5): `/proc/self/fd`.
  package var path: String { "/proc/self/fd/\(descriptor)" }

  init(_ bytes: [UInt8], in folder: String) throws(FileError) {
    var template = Array("\(folder)/cupel.XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Self.failure(folder) }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var rest = bytes[...]
    while !rest.isEmpty {
      // Safe because: the pointer covers the slice and does not leave the closure.
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let failure = Self.failure(folder)
        close(descriptor)
        throw failure
      }
      rest = rest.dropFirst(count)
    }
  }

  deinit { close(descriptor) }

  private static func failure(_ folder: String) -> FileError {
    .unreadable("a copy of it could not be written to \(folder): \(String(cString: strerror(errno)))")
  }
}
