/// What is wrong inside a message of Arrow's; whoever knows the file and the place makes a `ScanError` of it.
struct ArrowFault: Error, Sendable {
  var kind: ScanError.Kind
  var what: String
  /// The error of the file itself, when it was that.
  var cause: ScanError?

  init(_ what: String, kind: ScanError.Kind = .malformed) {
    self.kind = kind
    self.what = what
  }

  init(_ cause: ScanError) {
    self.init(cause.message, kind: cause.kind)
    self.cause = cause
  }

  /// The same fault in other words.
  init(_ what: String, like fault: ArrowFault) {
    self = fault
    self.what = what
  }

  static var outside: ArrowFault { ArrowFault("its metadata points outside of itself") }

  static var corruptBuffer: ArrowFault { ArrowFault("a compressed buffer is corrupt") }

  static func short(_ needed: Int, _ length: Int) -> ArrowFault {
    ArrowFault("a buffer has \(length) bytes, and its rows need \(needed)")
  }

  /// The error for a file, whose message begins at an offset.
  func at(_ offset: Int, of name: String) -> ScanError {
    cause ?? ScanError(kind, "\(name): the Arrow message at offset \(offset) cannot be read: \(what)")
  }
}
