/// Tokens of JSON (RFC 8259) for the values of nested columns.
enum JSONText {
  private static let digits = Array("0123456789abcdef".utf8)

  /// Appends a string with its quotes; only what must be escaped is.
  static func appendString(_ source: [UInt8], _ range: Range<Int>, to text: inout [UInt8]) {
    text.append(.quote)
    for byte in source[range] {
      switch byte {
      case .quote, UInt8(ascii: "\\"):
        text.append(UInt8(ascii: "\\"))
        text.append(byte)
      case 0x08: text.append(contentsOf: "\\b".utf8)
      case 0x09: text.append(contentsOf: "\\t".utf8)
      case 0x0A: text.append(contentsOf: "\\n".utf8)
      case 0x0C: text.append(contentsOf: "\\f".utf8)
      case 0x0D: text.append(contentsOf: "\\r".utf8)
      case 0..<0x20:
        text.append(contentsOf: "\\u00".utf8)
        appendHexadecimal(byte, to: &text)
      default: text.append(byte)
      }
    }
    text.append(.quote)
  }

  /// Appends the shortest number that reads as the same bits; what JSON has no number for becomes a string.
  static func appendNumber(_ pattern: Int64, bits: Int, to text: inout [UInt8]) {
    let (value, shortest): (Double, String)
    switch bits {
    case 64:
      let number = Double(bitPattern: UInt64(bitPattern: pattern))
      (value, shortest) = (number, number.description)
    case 32:
      let number = Float(bitPattern: UInt32(truncatingIfNeeded: pattern))
      (value, shortest) = (Double(number), number.description)
    default:
      let number = Float16(bitPattern: UInt16(truncatingIfNeeded: pattern))
      (value, shortest) = (Double(number), number.description)
    }
    if value.isNaN {
      text.append(contentsOf: "\"NaN\"".utf8)
    } else if value.isInfinite {
      text.append(contentsOf: (value < 0 ? "\"-Infinity\"" : "\"Infinity\"").utf8)
    } else {
      text.append(contentsOf: shortest.utf8)
    }
  }

  static func appendHexadecimal(_ byte: UInt8, to text: inout [UInt8]) {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 0x0F)])
  }
}

extension UInt8 {
  static var quote: UInt8 { UInt8(ascii: "\"") }
}
