internal import Glibc

/// Paths as names: nothing is opened.
enum PathNames {
  /// An absolute path as seen from a folder, when it lies in it; the absolute path otherwise.
  static func relative(_ path: String, to directory: String) -> String {
    let prefix = directory.hasSuffix("/") ? directory : directory + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }
}

/// Whether something is at a path.
enum FileLookup {
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
