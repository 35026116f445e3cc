internal import Glibc
internal import Reports
internal import Scan
internal import Verdict

/// The terminal's two streams. The only place that writes to them.
enum Console {
  enum Stream { case output, error }

  /// Writes the whole text. A reader that went away is no error worth a message.
  static func write(_ text: String, to stream: Stream = .output) {
    write(Array(text.utf8), to: stream)
  }

  /// - Returns: Whether there is still somebody who reads.
  @discardableResult
  static func write(_ bytes: [UInt8], to stream: Stream = .output) -> Bool {
    let descriptor = stream == .output ? STDOUT_FILENO : STDERR_FILENO
    var rest = bytes[...]
    while !rest.isEmpty {
      // Safe because: the pointer covers the slice and does not leave the closure.
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        // A reader that went away wants no more; a full disk must not look like success.
        if errno == EPIPE || stream == .error { return false }
        write("error: standard output could not be written: \(String(cString: strerror(errno)))\n", to: .error)
        exit(ExitStatus.reportNotWritten.rawValue)
      }
      rest = rest.dropFirst(written)
    }
    return true
  }

  /// Writes one line. What came from outside stays on it and commands neither a terminal nor a CI system.
  static func say(_ line: String, to stream: Stream = .output) {
    write(TextSafety.inline(line) + "\n", to: stream)
  }

  /// Says which columns of a table are left out, because their values are not read.
  static func noteUnread(_ fields: [Field]) {
    for field in fields where !field.type.isRead {
      say("note: left out: the column \"\(field.name)\" is \(field.type.words), which is not read", to: .error)
    }
  }

  static func isTerminal(_ stream: Stream) -> Bool { isatty(stream == .output ? STDOUT_FILENO : STDERR_FILENO) == 1 }

  /// The width of the terminal in columns; nil when the output is none.
  static var width: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
