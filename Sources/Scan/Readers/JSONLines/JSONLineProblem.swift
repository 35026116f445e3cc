/// Why a line of JSON Lines is no row: the reasons of the kernel, in words.
enum JSONLineProblem: UInt8, CaseIterable, Sendable {
  case notUTF8 = 1
  case openString, controlCharacter, noObject, noKey, noColon, noCommaInObject, noCommaInArray, noValue, badNumber
  case badEscape, tooDeep, textAfter, unfinished, notFinite, repeatedKey

  private var words: String {
    switch self {
    case .notUTF8: "bytes that are not UTF-8"
    case .openString: "a string that is never closed"
    case .controlCharacter: "a control character in a string"
    case .noObject: "a line that is no JSON object"
    case .noKey: "no key in double quotes where one must stand"
    case .noColon: "no colon after a key"
    case .noCommaInObject: "neither a comma nor a closing brace after a value"
    case .noCommaInArray: "neither a comma nor a closing bracket after a value"
    case .noValue: "no JSON value where one must stand"
    case .badNumber: "a number that JSON does not know"
    case .badEscape: "an escape that JSON does not know, or half of a surrogate pair"
    case .tooDeep: "values nested more than 512 levels deep"
    case .textAfter: "text after the object"
    case .notFinite: "NaN or Infinity, which JSON does not have: null stands for no number"
    case .repeatedKey: "a second value for the key"
    case .unfinished: "an object that is not complete at the end of the line"
    }
  }

  /// The problem with its place, counted from 0, in the line.
  ///
  /// - Parameter text: what begins with the line.
  func defect(line: Int, offset: Int, in text: ArraySlice<UInt8>) -> RecordDefect {
    let place = "(byte \(offset + 1) of the line)"
    return switch self {
    case .notUTF8, .openString, .controlCharacter, .noObject: RecordDefect(line: line, what: words)
    case .repeatedKey: RecordDefect(line: line, what: "\(words) \(Self.key(text.dropFirst(offset))) \(place)")
    default: RecordDefect(line: line, what: "\(words) \(place)")
    }
  }

  /// The key with which a text begins, in its quotes and as it is written, cut when it is long.
  private static func key(_ text: ArraySlice<UInt8>) -> String {
    var isEscaped = false
    let key = text.dropFirst().prefix { byte in
      defer { isEscaped = byte == UInt8(ascii: "\\") && !isEscaped }
      return byte != UInt8(ascii: "\"") || isEscaped
    }
    return "\"\(Batch.display(key))\""
  }
}
