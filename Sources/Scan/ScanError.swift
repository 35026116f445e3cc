/// Why a table could not be read: what happened and, where it helps, what to do.
package struct ScanError: Error, Sendable, Hashable {
  /// Which kind of failure it is.
  package enum Kind: String, Sendable, Hashable {
    /// The file is missing, unreadable, or no regular file.
    case unreadable
    /// The bytes are not what the format promises.
    case malformed
    /// A limit of size or memory was reached.
    case limit
    /// The scan was asked to stop.
    case cancelled
  }

  package var kind: Kind
  /// One sentence that names the file and the place in it.
  package var message: String
  /// What to do next, when there is something to do.
  package var hint: String?

  package init(_ kind: Kind, _ message: String, hint: String? = nil) {
    self.kind = kind
    self.message = message
    self.hint = hint
  }
}
