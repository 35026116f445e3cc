internal import Glibc

/// The terminal's two streams. The only place that writes to them.
enum Console {
  enum Stream { case output, error }

  /// Writes the whole text. A reader that went away is no error worth a message.
  static func write(_ text: String, to stream: Stream = .output) {
    write(Array(text.utf8), to: stream)
  }

  static func write(_ bytes: [UInt8], to stream: Stream = .output) {
    let descriptor = stream == .output ? STDOUT_FILENO : STDERR_FILENO
    var rest = bytes[...]
    while !rest.isEmpty {
      // Safe because: the pointer covers the slice and does not leave the closure.
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        return
      }
      rest = rest.dropFirst(written)
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
