/// Why a text is not the JSON that was asked for, and where.
package struct JSONError: Error, Equatable, Sendable {
  /// What kind of fault it is, for callers that treat a limit unlike a mistake in the text.
  package enum Kind: Sendable {
    /// The text breaks the grammar of RFC 8259.
    case syntax
    /// The bytes are not UTF-8, or an escape is half a surrogate pair.
    case encoding
    /// Arrays and objects are nested deeper than the limit.
    case depth
    /// The text is longer than the limit.
    case size
  }

  /// What kind of fault it is.
  package let kind: Kind
  /// Bytes before the fault.
  package let byteOffset: Int
  /// The line of the fault, from 1.
  package let line: Int
  /// The column of the fault in code points, from 1.
  package let column: Int
  /// What was expected and what was found.
  package let message: String

  /// Locates a fault in its text.
  init(_ fault: JSONScanner.Fault, in bytes: [UInt8]) {
    kind = fault.kind
    byteOffset = fault.offset
    message = fault.message
    var line = 1
    var column = 1
    for index in 0..<min(fault.offset, bytes.count) {
      let byte = bytes[index]
      let followsReturn = index > 0 && bytes[index - 1] == 0x0D
      switch byte {
      case 0x0A where followsReturn: break
      case 0x0A, 0x0D: (line, column) = (line + 1, 1)
      case 0x80...0xBF: break
      default: column += 1
      }
    }
    self.line = line
    self.column = column
  }
}

extension JSONError: CustomStringConvertible {
  /// Place and message in one line.
  package var description: String {
    "line \(line), column \(column) (byte \(byteOffset)): \(message)"
  }
}
