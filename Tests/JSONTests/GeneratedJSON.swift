import TestSupport

@testable import JSON

/// Random documents, weighted towards what breaks readers and writers.
struct GeneratedJSON {
  private var random: SeededGenerator
  private static let characters: [Unicode.Scalar] = [
    "a", "b", "1", " ", "\"", "'", "\\", "/", "\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "\u{85}", "é", "\u{301}",
    "\u{2028}", "\u{FEFF}", "\u{FFFF}", "😀", "\u{10FFFF}", "$", "[", "]",
  ]

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  mutating func value(depth: Int = 4) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 5), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2:
      return .number(JSONNumber(Int64(truncatingIfNeeded: random.next()) >> Int64.random(in: 0..<64, using: &random)))
    case 3: return .number(JSONNumber(double()))
    case 4: return .string(string())
    case 5, 6: return .array((0..<count()).map { _ in value(depth: depth - 1) })
    default: return .object(JSONObject((0..<count()).map { _ in .init(string(), value(depth: depth - 1)) }))
    }
  }

  /// Any finite double: every bit pattern is equally likely.
  mutating func double() -> Double {
    let value = Double(bitPattern: random.next())
    return value.isFinite ? value : 0.1
  }

  mutating func string() -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0..<6, using: &random) {
      text.unicodeScalars.append(Self.characters.randomElement(using: &random) ?? "a")
    }
    return text
  }

  /// Mostly few; now and then enough that objects use their hash table.
  private mutating func count() -> Int {
    Int.random(in: 0..<8, using: &random) == 0 ? 20 : Int.random(in: 0..<4, using: &random)
  }
}
