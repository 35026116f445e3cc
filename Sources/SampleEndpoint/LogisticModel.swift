internal import Foundation

/// A logistic regression over numeric and categorical features, as its JSON file states it:
/// probability = sigmoid(intercept + Σ weight · (clip(x) − mean) / scale + Σ weights[level]), an unknown level adding 0.
struct LogisticModel: Decodable, Sendable {
  struct Numeric: Decodable, Sendable {
    var name: String
    /// `FP64` or `INT64`: what a request must declare.
    var datatype: String
    var mean: Double
    var scale: Double
    var weight: Double
    /// Lowest and highest value that count; beyond them the bound itself does.
    var clip: [Double]?

    func term(_ value: Double) -> Double {
      let clipped = clip.map { min(max(value, $0[0]), $0[1]) } ?? value
      return weight * (clipped - mean) / scale
    }
  }

  struct Categorical: Decodable, Sendable {
    var name: String
    var datatype: String
    var weights: [String: Double]

    func term(_ level: String) -> Double { weights[level] ?? 0 }
  }

  var name: String
  var version: String
  var intercept: Double
  /// A probability of at least this is predicted as true.
  var threshold: Double
  var numeric: [Numeric]
  var categorical: [Categorical]

  /// Why a model file cannot be served.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  init(contentsOf path: String) throws(Problem) {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw Problem(description: "The model file '\(path)' cannot be read.")
    }
    try self.init(json: bytes)
  }

  init(json: Data) throws(Problem) {
    do {
      self = try JSONDecoder().decode(LogisticModel.self, from: json)
    } catch {
      throw Problem(description: "The model file is not a model: \(error)")
    }
    for feature in numeric {
      guard ["FP64", "INT64"].contains(feature.datatype) else {
        throw Problem(description: "The numeric feature '\(feature.name)' must be FP64 or INT64.")
      }
      guard feature.scale != 0, feature.clip.map({ $0.count == 2 && $0[0] <= $0[1] }) ?? true else {
        throw Problem(
          description: "The numeric feature '\(feature.name)' needs a scale other than 0 and an ordered clip.")
      }
    }
    for feature in categorical where feature.datatype != "BYTES" {
      throw Problem(description: "The categorical feature '\(feature.name)' must be BYTES.")
    }
    let names = numeric.map(\.name) + categorical.map(\.name)
    guard !names.isEmpty, Set(names).count == names.count else {
      throw Problem(description: "The model needs features, each with a name of its own.")
    }
  }

  /// Names and datatypes of the inputs, in the file's order.
  var inputs: [(name: String, datatype: String)] {
    numeric.map { ($0.name, $0.datatype) } + categorical.map { ($0.name, $0.datatype) }
  }

  /// One probability for each row. Columns come in the order of `numeric` and of `categorical`, all of `rows` length.
  func probabilities(rows: Int, numbers: [[Double]], levels: [[String]]) -> [Double] {
    var scores = [Double](repeating: intercept, count: rows)
    for (feature, column) in zip(numeric, numbers) {
      for row in 0..<rows { scores[row] += feature.term(column[row]) }
    }
    for (feature, column) in zip(categorical, levels) {
      for row in 0..<rows { scores[row] += feature.term(column[row]) }
    }
    return scores.map { 1 / (1 + exp(-$0)) }
  }
}
