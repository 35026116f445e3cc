/// The metrics of a server as Prometheus reads them: the text format, version 0.0.4 (prometheus.io/docs/instrumenting/
/// exposition_formats), and of OpenMetrics 1.0 what differs on lines of samples: exemplars and `# EOF`.
struct MetricsExposition: Sendable {
  /// One sample: a name, its labels, and the value.
  struct Sample: Sendable, Equatable {
    var name: String
    var labels: [String: String] = [:]
    var value: Double
  }

  /// Where the text stops to be one of metrics.
  struct Problem: Error, Equatable, CustomStringConvertible {
    /// Counted from 1.
    var line: Int
    var message: String

    var description: String { "line \(line): \(message)" }
  }

  private(set) var samples: [Sample] = []

  /// More samples than these are no server's.
  static let maximumSamples = 500_000

  /// Reads a whole text.
  init(_ bytes: [UInt8]) throws(Problem) {
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      var scanner = Scanner(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
      scanner.skipBlanks()
      // HELP, TYPE, UNIT and comments say nothing of values.
      guard let first = scanner.byte, first != UInt8(ascii: "#") else { continue }
      guard samples.count < Self.maximumSamples else {
        throw Problem(line: number, message: "there are more than \(Self.maximumSamples) samples")
      }
      do throws(Scanner.Fault) {
        samples.append(try Self.sample(&scanner))
      } catch {
        throw Problem(line: number, message: error.message)
      }
    }
  }

  /// `name{label="value", …} 12.5 1700000000 # {trace="…"} 1`: time and exemplar are passed over.
  private static func sample(_ scanner: inout Scanner) throws(Scanner.Fault) -> Sample {
    let selector = try MetricSelector(&scanner)
    let hasBlank = scanner.skipBlanks()
    guard hasBlank || !selector.labels.isEmpty, let value = scanner.word(), let number = number(value) else {
      throw Scanner.Fault(message: "\(selector.name) has no number behind it")
    }
    scanner.skipBlanks()
    if scanner.byte != UInt8(ascii: "#"), let time = scanner.word(), Self.number(time) == nil {
      throw Scanner.Fault(message: "\(selector.name) has something behind its value that is no time")
    }
    scanner.skipBlanks()
    guard scanner.byte == nil || scanner.byte == UInt8(ascii: "#") else {
      throw Scanner.Fault(message: "\(selector.name) has more behind its value than a time")
    }
    return Sample(name: selector.name, labels: selector.labels, value: number)
  }

  /// Numbers as Go reads them, NaN and the infinities among them.
  private static func number(_ text: String) -> Double? {
    switch text.lowercased() {
    case "nan", "+nan", "-nan": .nan
    case "inf", "+inf", "infinity", "+infinity": .infinity
    case "-inf", "-infinity": -.infinity
    default: text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) } ? Double(text) : nil
    }
  }

  /// The sum of the samples that a selector selects; nil when there are none.
  func sum(_ selector: MetricSelector) -> Double? {
    let values = samples.filter(selector.selects).map(\.value)
    return values.isEmpty ? nil : values.reduce(0, +)
  }

  /// A place in one line.
  struct Scanner {
    struct Fault: Error { var message: String }

    private let bytes: ArraySlice<UInt8>
    private var place: Int

    init(_ bytes: ArraySlice<UInt8>) {
      self.bytes = bytes
      place = bytes.startIndex
    }

    var byte: UInt8? { place < bytes.endIndex ? bytes[place] : nil }

    /// False when there were none.
    @discardableResult
    mutating func skipBlanks() -> Bool {
      let start = place
      while let byte, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { place += 1 }
      return place > start
    }

    mutating func consume(_ character: Unicode.Scalar) -> Bool {
      guard byte == UInt8(ascii: character) else { return false }
      place += 1
      return true
    }

    /// All up to the next blank; nil when there is nothing.
    mutating func word() -> String? { take { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } }

    /// A name of letters, digits, underscores and colons.
    mutating func name() -> String? {
      guard let byte, !(0x30...0x39).contains(byte) else { return nil }
      return take { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
          || byte == UInt8(ascii: ":")
      }
    }

    private mutating func take(_ isPart: (UInt8) -> Bool) -> String? {
      let start = place
      while let byte, isPart(byte) { place += 1 }
      return place > start ? String(decoding: bytes[start..<place], as: UTF8.self) : nil
    }

    /// A text in double quotes, with `\\`, `\"` and `\n` in it.
    mutating func quoted() throws(Fault) -> String {
      guard consume("\"") else { throw Fault(message: "a text in double quotes is missing") }
      var text: [UInt8] = []
      while let byte {
        place += 1
        if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
        guard byte == UInt8(ascii: "\\"), let escaped = self.byte else {
          text.append(byte)
          continue
        }
        place += 1
        switch escaped {
        case UInt8(ascii: "n"): text.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "\\"), UInt8(ascii: "\""): text.append(escaped)
        default: text += [byte, escaped]
        }
      }
      throw Fault(message: "a text in double quotes does not end")
    }
  }
}
