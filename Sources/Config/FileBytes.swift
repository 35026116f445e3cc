internal import Glibc
internal import Verdict

/// Reads small files whole.
enum FileBytes {
  enum Failure: Error, Equatable {
    case missing
    case forbidden
    case directory
    case tooLarge
    /// Any other error of the system, with its number.
    case system(Int32)

    init(_ code: Int32) {
      self =
        switch code {
        case ENOENT, ENOTDIR: .missing
        case EACCES, EPERM: .forbidden
        case EISDIR: .directory
        default: .system(code)
        }
    }

    /// - Parameter reference: where a file names this one; without it, the user named it or it was searched for.
    func diagnostic(displayedAs name: String, namedAt reference: SourceLocation? = nil) -> Diagnostic {
      switch self {
      case .missing:
        Diagnostic(
          "there is no file \(name)", at: reference,
          help: [
            reference == nil
              ? "name another one with --config FILE, or let \"cupel init DATA\" write a first one"
              : "create it, or correct its name: paths begin at the folder of the file that names them"
          ])
      case .forbidden:
        Diagnostic("\(name) may not be read", at: reference, help: ["allow this user to read it: chmod a+r"])
      case .directory:
        Diagnostic("\(name) is a folder", at: reference, help: ["name the file in it"])
      case .tooLarge:
        Diagnostic(
          "\(name) is larger than 1 MB", at: reference,
          help: ["a config is a small text: is this the data? Then split rules into several files"])
      case .system(let code):
        Diagnostic(
          "\(name) cannot be read: \(String(cString: strerror(code)))", at: reference, help: ["check the file"])
      }
    }
  }

  /// The bytes of a file, or of standard input for `-`.
  static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    guard path != "-" else { return try read(STDIN_FILENO, limit: limit) }
    guard !path.utf8.contains(0) else { throw .missing }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(errno) }
    defer { _ = close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > limit { throw .tooLarge }
    return try read(descriptor, limit: limit)
  }

  private static func read(_ descriptor: Int32, limit: Int) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure(errno)
      }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw .tooLarge }
    }
  }
}
