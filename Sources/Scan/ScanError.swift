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
  /// What to do next, when there is something to do.
  package var hint: String?
  private var what: String
  private var place: Place?

  /// A line that is counted from 0 at the beginning of a chunk until the lines before the chunk are known.
  private struct Place: Hashable {
    var file: String
    var line: Int
  }

  /// - Parameter message: one sentence that names the file and, where it can, the place in it.
  package init(_ kind: Kind, _ message: String, hint: String? = nil) {
    self.kind = kind
    self.what = message
    self.hint = hint
  }

  /// What is wrong at a line of a chunk, counted from 0 at its beginning.
  init(_ kind: Kind, in file: String, chunkLine line: Int, _ what: String, hint: String? = nil) {
    self.init(kind, what, hint: hint)
    place = Place(file: file, line: line)
  }

  /// Somebody wrote to a table between its first byte and its last.
  static func changed(_ name: String) -> ScanError {
    ScanError(
      .unreadable, "\(name) changed while it was read",
      hint: "run again when nothing writes to it; check a copy of a file that is always written to")
  }

  /// One sentence that names the file and the place in it.
  package var message: String { place.map { "\($0.file):\($0.line + 1): \(what)" } ?? what }

  /// The same error, once it is known how many lines come before its chunk.
  func moved(byLines lines: Int) -> ScanError {
    var moved = self
    moved.place?.line += lines
    return moved
  }
}
