internal import Verdict

/// What stands in a metrics file where a metric is expected.
package enum MetricValue: Sendable, Hashable {
  case number(Double)
  /// NaN or an infinity, however it was written.
  case notFinite(String)
  /// Anything else; the text completes "is …".
  case notANumber(String)

  package init(_ number: Double) {
    // The largest double is how SQL-backed tracking stores keep an infinity (mlflow#22826).
    let isFinite = number.isFinite && abs(number) < Double.greatestFiniteMagnitude
    self = isFinite ? .number(number) : .notFinite(number.isNaN ? "NaN" : number < 0 ? "-infinity" : "infinity")
  }

  /// Numbers come as text from CSV and YAML, and from JSON that cannot hold NaN otherwise.
  package init(text: String) {
    let trimmed = text.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    if trimmed.isEmpty {
      self = .notANumber("empty")
    } else if trimmed.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }),
      let number = Double(trimmed)
    {
      self.init(number)
    } else if let number = Self.spelled[trimmed.lowercased()] {
      self.init(number)
    } else {
      self = .notANumber("the text \"\(trimmed.count > 40 ? trimmed.prefix(40) + "…" : trimmed[...])\"")
    }
  }

  /// The words for what is no number, in JSON, YAML, C, Python and protobuf.
  private static let spelled: [String: Double] = [
    "nan": .nan, ".nan": .nan, "+nan": .nan, "-nan": .nan,
    "inf": .infinity, ".inf": .infinity, "+inf": .infinity, "+.inf": .infinity, "infinity": .infinity,
    "+infinity": .infinity, "-inf": -.infinity, "-.inf": -.infinity, "-infinity": -.infinity,
  ]
}
