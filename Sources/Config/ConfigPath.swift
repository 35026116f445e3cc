/// Paths as the config means them: relative to the file that names them.
package enum ConfigPath {
  /// A path that stands in `file`, as it can be opened. Absolute paths and `-` (standard input) stay as they are.
  ///
  /// Nothing is looked up, and `..` stays, since a symbolic link may stand before it. Given the name that messages use
  /// for `file`, the result is the name for messages.
  package static func resolve(_ path: String, against file: String) -> String {
    let directory = directory(of: file)
    if path.isEmpty || path == "-" || path.hasPrefix("/") || directory.isEmpty { return path }
    var path = path[...]
    while path.hasPrefix("./") { path = path.dropFirst(2).drop { $0 == "/" } }
    return directory.hasSuffix("/") ? directory + path : directory + "/" + path
  }

  /// The folder of a file, without a slash at its end; empty when the path names none, `/` for files of the root.
  package static func directory(of file: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return "" }
    let directory = file[..<slash]
    return directory.isEmpty ? "/" : String(directory)
  }
}
