internal import Config
internal import Glibc

/// Which file a path leads to, however it is spelled: through `..`, doubled slashes or symbolic links.
enum FileIdentity: Hashable {
  case present(device: UInt, inode: UInt)
  /// Nothing stands there, or the path is `-`.
  case absent(path: String)

  /// - Parameter path: absolute, or `-`.
  init(_ path: String) {
    var status = stat()
    if path != "-", stat(path, &status) == 0 {
      self = .present(device: UInt(status.st_dev), inode: UInt(status.st_ino))
    } else {
      self = .absent(path: Self.canonical(path))
    }
  }

  /// Of a path as it was written on the command line; `-` is what stands behind standard input.
  init(of path: String) {
    var status = stat()
    if path == "-", fstat(STDIN_FILENO, &status) == 0 {
      self = .present(device: UInt(status.st_dev), inode: UInt(status.st_ino))
    } else {
      self.init(path == "-" ? path : ConfigPath.resolve(path, against: Invocation.current.workingDirectory + "/"))
    }
  }

  /// The path without links as far as something stands there, and without `.` and `..` behind that.
  static func canonical(_ path: String) -> String {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    let parts = path.split(separator: "/")
    guard let last = parts.last, path.hasPrefix("/") else { return path }
    let folder = canonical("/" + parts.dropLast().joined(separator: "/"))
    switch last {
    case ".": return folder
    case "..": return "/" + folder.split(separator: "/").dropLast().joined(separator: "/")
    default: return folder == "/" ? "/\(last)" : "\(folder)/\(last)"
    }
  }
}
