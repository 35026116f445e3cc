internal import Glibc
package import Verdict

/// Finds the config of a project.
package enum ConfigDiscovery {
  /// The name of the file that is searched for.
  package static let fileName = "cupel.yaml"

  /// A config that was found.
  package struct Found: Sendable, Hashable {
    /// The absolute path.
    package var path: String
    /// The path as messages show it: `cupel.yaml`, `../cupel.yaml`, `../../cupel.yaml`, from further up absolute.
    package var displayName: String

    package init(path: String, displayName: String) {
      self.path = path
      self.displayName = displayName
    }
  }

  /// What to say when nothing was found.
  package static var missing: Diagnostic {
    Diagnostic(
      "there is no \(fileName) in this folder or above it",
      help: ["let \"cupel init DATA\" write a first one, or name one with --config FILE"])
  }

  /// Searches a folder and those above it, up to and including the root of the repository (the folder that holds
  /// `.git`) or of the file system.
  ///
  /// - Parameter directory: the working folder, absolute or relative to the one of this process.
  package static func find(from directory: String) -> Found? {
    guard var folder = absolute(directory) else { return nil }
    for level in 0... {
      let path = (folder == "/" ? "" : folder) + "/" + fileName
      if exists(path) {
        return Found(path: path, displayName: level > 2 ? path : String(repeating: "../", count: level) + fileName)
      }
      if folder == "/" || exists(folder + "/.git") { return nil }
      folder = ConfigPath.directory(of: folder)
    }
    return nil
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The path without links and dots, so that every folder above it is found by cutting it; nil when it is no folder.
  private static func absolute(_ path: String) -> String? {
    guard !path.utf8.contains(0), let resolved = realpath(path.isEmpty ? "." : path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
