/// Makes any text fit to stand in an XML 1.0 document.
///
/// libxml2 writes characters that XML forbids without complaint, and every reader then refuses the whole file. So ANSI
/// escape sequences are stripped, what XML 1.0 (section 2.2, `Char`) forbids becomes visible as `#x1B`, the form that
/// pytest uses, and the C1 controls, which XML allows and terminals obey, are dropped.
package enum XMLTextSanitizer {
  /// The text without anything that a reader of XML would refuse.
  package static func clean(_ text: String) -> String {
    if text.unicodeScalars.allSatisfy(isPlain) { return text }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if scalar == "\u{1B}", let end = endOfEscapeSequence(in: scalars, at: index) {
        index = end
        continue
      }
      if isPlain(scalar) {
        result.append(scalar)
      } else if !isC1(scalar) {
        result.append(contentsOf: "#x\(hexadecimal(scalar))".unicodeScalars)
      }
      index += 1
    }
    return String(result)
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0x09, 0x0A, 0x0D, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  private static func isC1(_ scalar: Unicode.Scalar) -> Bool { (0x80...0x9F).contains(scalar.value) }

  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return digits.count < 2 ? "0" + digits : digits
  }

  /// How many scalars an escape sequence may have; a longer one is no sequence but text.
  private static let longestSequence = 4096

  /// The index after the escape sequence (ECMA-48) that starts at `start`; nil when it is incomplete.
  private static func endOfEscapeSequence(in scalars: [Unicode.Scalar], at start: Int) -> Int? {
    guard start + 1 < scalars.count else { return nil }
    let limit = min(scalars.count, start + longestSequence)
    switch scalars[start + 1] {
    case "[":
      // CSI: parameters, intermediates, one final byte.
      var index = start + 2
      while index < limit, (0x20...0x3F).contains(scalars[index].value) { index += 1 }
      return index < limit && (0x40...0x7E).contains(scalars[index].value) ? index + 1 : nil
    case "]", "P", "X", "^", "_":
      // OSC, DCS, SOS, PM, APC: a string that BEL or ST ends.
      var index = start + 2
      while index < limit {
        if scalars[index] == "\u{07}" { return index + 1 }
        if scalars[index] == "\u{1B}" { return index + 1 < limit && scalars[index + 1] == "\\" ? index + 2 : nil }
        index += 1
      }
      return nil
    default:
      // nF and two-character sequences: intermediates, one final byte.
      var index = start + 1
      while index < limit, (0x20...0x2F).contains(scalars[index].value) { index += 1 }
      return index < limit && (0x30...0x7E).contains(scalars[index].value) ? index + 1 : nil
    }
  }
}
