package import Language

/// One file of the config, read and not yet decoded.
package struct ConfigFile: Sendable {
  /// The path it was read from; `-` for standard input.
  package var path: String
  /// The folder that paths in the file resolve against; empty for the working folder.
  package var directory: String
  /// The whole document.
  package var root: Node
  /// The values that `${secret:NAME}` took from the environment, in the order of the file, each once. They belong into
  /// a ``Redaction`` before anything is printed.
  package var secrets: [String]
}
