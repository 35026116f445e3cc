internal import Glibc

/// A file, read from front to back; `-` is standard input. At the end of a regular file it must be as it was when it was
/// opened: what is shorter now was not read in full.
package final class FileSource: ByteSource {
  package let name: String
  private let descriptor: Int32
  private let owns: Bool
  /// Of a regular file, as it was opened.
  private let stamp: FileStamp?

  /// Opens the file. Folders, missing and unreadable files are errors that say what to do.
  package init(path: String, displayedAs name: String) throws(ScanError) {
    self.name = name
    guard path != "-" else {
      descriptor = STDIN_FILENO
      owns = false
      stamp = nil
      return
    }
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else { throw Self.cannotOpen(name, errno) }
    var status = stat()
    guard fstat(opened, &status) == 0 else {
      let code = errno
      close(opened)
      throw Self.cannotOpen(name, code)
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      close(opened)
      throw ScanError(.unreadable, "\(name) is a folder, not a table", hint: "name a file in it")
    }
    // Opened without blocking, so that a pipe nobody writes to cannot hang the open.
    descriptor = opened
    owns = true
    stamp = status.st_mode & S_IFMT == S_IFREG ? FileStamp(status) : nil
  }

  deinit { if owns { close(descriptor) } }

  package func read(_ count: Int, into buffer: inout [UInt8]) throws(ScanError) -> Int {
    try waitForInput()
    var result = 0
    var code: Int32 = 0
    buffer.append(addingCapacity: count) { bytes in
      bytes.withUnsafeMutableBufferPointer { bytes, initialized in
        // Safe because: the pointer covers the capacity that was asked for, `read` fills as much as it says, and the
        // pointer does not leave the closure.
        repeat {
          result = Glibc.read(descriptor, bytes.baseAddress, min(count, bytes.count))
        } while result < 0 && (errno == EINTR || errno == EAGAIN)
        code = errno
        initialized = max(0, result)
      }
    }
    guard result >= 0 else {
      throw ScanError(.unreadable, "\(name) could not be read: \(Self.words(code))")
    }
    if result == 0, count > 0 { try stamp?.check(descriptor, name: name) }
    return result
  }

  /// Waits until a read would not block. A pipe may stay silent for ever, so the wait looks up now and then whether
  /// the scan's task is cancelled; files are always ready.
  private func waitForInput() throws(ScanError) {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while poll(&request, 1, 50) <= 0 {
      if Task.isCancelled { throw ScanError(.cancelled, "the reading of \(name) was interrupted") }
    }
  }

  static func cannotOpen(_ name: String, _ code: Int32) -> ScanError {
    switch code {
    case ENOENT, ENOTDIR:
      ScanError(.unreadable, "\(name) does not exist", hint: "paths are relative to the file that names them")
    case EACCES, EPERM:
      ScanError(.unreadable, "\(name) may not be read by this user", hint: "check its permissions")
    default:
      ScanError(.unreadable, "\(name) could not be opened: \(words(code))")
    }
  }

  private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}
