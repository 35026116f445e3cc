import Foundation
import Testing

@testable import cupel_sample_endpoint

/// The formula against numbers worked out by hand, and the model files that are refused.
@Suite struct LogisticModelTests {
  static let file = """
    {"name": "delay", "version": "3", "intercept": -1, "threshold": 0.5,
     "numeric": [{"name": "x", "datatype": "FP64", "mean": 10, "scale": 4, "weight": 2, "clip": [0, 20]},
                 {"name": "k", "datatype": "INT64", "mean": 0, "scale": 1, "weight": 0.5}],
     "categorical": [{"name": "c", "datatype": "BYTES", "weights": {"a": 1, "b": -3}}]}
    """

  static func model() throws -> LogisticModel { try LogisticModel(json: Data(file.utf8)) }

  // score = −1 + 2·(clip(x) − 10)/4 + k/2 + weight(c). Known points: sigmoid(0) = 1/2, sigmoid(±ln 3) = 3/4 and 1/4,
  // sigmoid(−6) = 1/(1 + e⁶) = 0.00247262315663…
  @Test(
    arguments: [
      (10, 0, "a", 0.5),  // −1 + 0 + 0 + 1 = 0
      (12, 0, "unknown", 0.5),  // −1 + 1 = 0
      (1e9, -8, "unknown", 0.5),  // clipped to 20: −1 + 5 − 4 = 0
      (-1e9, 12, "unknown", 0.5),  // clipped to 0: −1 − 5 + 6 = 0
      (20, -14, "b", 0.002_472_623_156_634_774_3),  // −1 + 5 − 7 − 3 = −6
      (10, 2.197_224_577_336_219_4, "a", 0.75),  // −1 + ln 3 + 1 = ln 3
      (10, -2.197_224_577_336_219_4, "a", 0.25),
    ] as [(Double, Double, String, Double)])
  func byHand(x: Double, k: Double, level: String, expected: Double) throws {
    let probability = try Self.model().probabilities(rows: 1, numbers: [[x], [k]], levels: [[level]])
    #expect(abs(probability[0] - expected) < 1e-12)
  }

  @Test func rowsDoNotMix() throws {
    let model = try Self.model()
    let together = model.probabilities(rows: 3, numbers: [[1, 2, 3], [4, 5, 6]], levels: [["a", "b", "z"]])
    let alone = [(1.0, 4.0, "a"), (2, 5, "b"), (3, 6, "z")].map {
      model.probabilities(rows: 1, numbers: [[$0.0], [$0.1]], levels: [[$0.2]])[0]
    }
    #expect(together == alone)
  }

  @Test(arguments: [
    ("\"scale\": 4", "\"scale\": 0"), ("[0, 20]", "[20, 0]"), ("[0, 20]", "[1]"), ("FP64", "FP8"),
    ("BYTES", "FP64"), ("\"name\": \"k\"", "\"name\": \"x\""), ("\"intercept\": -1,", ""),
    ("{\"name\": \"delay\"", "["),
  ])
  func badFilesAreRefused(find: String, replacement: String) {
    let text = Self.file.replacingOccurrences(of: find, with: replacement)
    #expect(throws: LogisticModel.Problem.self) { try LogisticModel(json: Data(text.utf8)) }
  }
}
