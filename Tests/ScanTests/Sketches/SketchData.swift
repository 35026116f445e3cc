import TestSupport

@testable import Scan

/// Numbers of many shapes, the same in every run.
enum SketchData {
  static let names = [
    "uniform", "normal", "heavy tail", "constant", "two values", "sorted", "reversed", "zigzag", "integers", "denormal",
    "huge", "signed zeros", "with infinities",
  ]

  static func numbers(_ name: String, _ count: Int, seed: UInt64 = 1) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    func unit() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    switch name {
    case "uniform": return (0..<count).map { _ in unit() }
    // The sum of twelve uniform numbers is nearly normal.
    case "normal": return (0..<count).map { _ in (0..<12).reduce(-6.0) { sum, _ in sum + unit() } }
    case "heavy tail": return (0..<count).map { _ in 1 / (unit() + 1e-9) * (generator.next() & 1 == 0 ? 1 : -1) }
    case "constant": return [Double](repeating: 42.5, count: count)
    case "two values": return (0..<count).map { _ in generator.next() & 3 == 0 ? -1 : 7 }
    case "sorted": return (0..<count).map { Double($0) }
    case "reversed": return (0..<count).map { Double(count - $0) }
    case "zigzag": return (0..<count).map { Double($0 % 17) * ($0 % 2 == 0 ? 1 : -1) }
    case "integers": return (0..<count).map { _ in Double(generator.next() % 1000) }
    case "denormal": return (0..<count).map { _ in unit() * 1e10 * .leastNonzeroMagnitude }
    case "huge": return (0..<count).map { _ in (unit() - 0.5) * 3e75 }
    case "signed zeros": return (0..<count).map { _ in generator.next() & 1 == 0 ? 0.0 : -0.0 }
    case "with infinities":
      return (0..<count).map { _ in
        switch generator.next() % 16 {
        case 0: .infinity
        case 1: -.infinity
        default: unit()
        }
      }
    default: preconditionFailure("no numbers named \(name)")
    }
  }

  /// Consecutive parts of a sequence, from nothing to thousands of values long.
  static func parts<Value>(_ values: [Value], seed: UInt64, longest: Int = 5000) -> [[Value]] {
    var generator = SeededGenerator(seed: seed)
    var parts: [[Value]] = []
    var start = 0
    while start < values.count {
      let end = min(values.count, start + Int(generator.next() % UInt64(longest)))
      parts.append(Array(values[start..<end]))
      start = end
    }
    return parts
  }

  /// What some texts are made of, told part by part.
  static func makeup(_ texts: [String]) -> TextMakeup {
    var makeup = TextMakeup()
    for part in parts(texts, seed: 8, longest: 900) {
      let counted = CountedTexts(part)
      makeup.update(counted, counted.numbers())
    }
    return makeup
  }

  /// Texts of some kind, the same in every run.
  static func texts(_ count: Int, seed: UInt64 = 1) -> [String] {
    let alphabet = [
      "a", "b", "Z", "0", "1", "9", " ", "-", "_", ".", "\t", "\u{1}", "é", "€", "😀", "e", "+", ":", "T", "\u{7f}",
    ]
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      switch generator.next() % 10 {
      case 0: String(Int64(truncatingIfNeeded: generator.next()) >> Int64(generator.next() % 64))
      case 1: String(Double(Int(generator.next() % 2_000_000) - 1_000_000) / 1000)
      case 2: ["true", "FALSE", "1", "0", "nan", "-inf", "Infinity", "", "item1", "null"][Int(generator.next() % 10)]
      case 3: "20\(10 + generator.next() % 90)-0\(1 + generator.next() % 9)-\(10 + generator.next() % 25)"
      case 4: "2024-02-\(10 + generator.next() % 25)T1\(generator.next() % 10):3\(generator.next() % 10):00Z"
      case 5: String(repeating: alphabet[Int(generator.next() % 20)], count: Int(generator.next() % 600))
      default:
        (0..<generator.next() % 24).map { _ in alphabet[Int(generator.next() % 20)] }.joined()
      }
    }
  }

  /// A sequence like those of nature: few values often, many seldom.
  static func zipf(_ count: Int, seed: UInt64) -> [String] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in "item \(Int(1 / (Double(generator.next() >> 11) * 0x1p-53 + 1e-7)))" }
  }

  /// Every truncation of an image, and many with some bytes changed: what a reader must not trap on.
  static func broken(_ image: [UInt8], seed: UInt64, rounds: Int = 2000) -> [[UInt8]] {
    var generator = SeededGenerator(seed: seed)
    let cuts = stride(from: 0, to: image.count, by: max(1, image.count / 200)).map { Array(image[..<$0]) }
    let changes = (0..<rounds).map { _ in
      var changed = image
      for _ in 0...generator.next() % 3 {
        // The preamble is what says how to read the rest.
        let range = generator.next() & 1 == 0 ? min(image.count, 48) : image.count
        changed[Int(generator.next() % UInt64(range))] = UInt8(truncatingIfNeeded: generator.next())
      }
      return changed
    }
    return cuts + changes
  }
}

/// The bytes of a string of hexadecimal digits; spaces are for the eye.
func hex(_ text: String) -> [UInt8] {
  let digits = text.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
}

extension Scan.Numbers {
  /// The parts that one summary would see one after the other.
  static func batches(_ values: [Double], seed: UInt64) -> [Numbers] {
    SketchData.parts(values, seed: seed).map { Numbers($0) }
  }
}
