import Metrics
import Statistics
import Testing

/// What must hold of any rows: laws, and twins that count pairs.
@Suite struct MetricLawTests {
  /// Rows with many ties and weights of whole numbers.
  private static func rows(_ seed: UInt64, count: Int = 60) throws -> (rows: BinaryRows, weights: [Int]) {
    var random = SplitMix(seed)
    var labels = (0..<count).map { _ in random.next() % 3 == 0 }
    labels[0] = true
    labels[1] = false
    let scores = labels.map { Double((random.next() % 8) + ($0 ? 2 : 0)) / 9 }
    let weights = (0..<count).map { _ in Int(random.next() % 3) + 1 }
    return (try BinaryRows(labels: labels, scores: scores, weights: weights.map { Double($0) }), weights)
  }

  private static func unweighted(_ rows: BinaryRows) throws -> BinaryRows {
    try BinaryRows(labels: rows.labels, scores: rows.scores)
  }

  private static func value<Rows: MetricRows>(
    _ name: String, _ arguments: [String: MetricArgument] = [:], of rows: Rows
  ) throws -> Double {
    try MetricRegistry.definition(name, of: Rows.self).metric(arguments).value(of: rows)
  }

  /// What a metric needs, so that every metric can be tried.
  static func arguments(_ parameters: [MetricParameter]) -> [String: MetricArgument] {
    parameters.filter(\.isRequired).reduce(into: [:]) { arguments, parameter in
      arguments[parameter.name] =
        switch parameter.kind {
        case .count: .number(2)
        case .share: .number(0.5)
        case .choice(let words): .word(words[0])
        case .word: .word("a")
        case .words: .words([parameter.name == "privileged" ? "a" : "b"])
        default: .number(2)
        }
    }
  }

  @Test(arguments: 1...5) func weightsAreRepetitions(seed: UInt64) throws {
    let (rows, weights) = try Self.rows(seed)
    let repeated = try Self.unweighted(rows)
      .rows(at: weights.indices.flatMap { [Int](repeating: $0, count: weights[$0]) })
    // Quantiles of the scores and the chi-squared groups look at rows, not at weight.
    for definition in BinaryRows.metrics where definition.name != "hosmer_lemeshow" {
      let metric = try definition.metric(Self.arguments(definition.parameters))
      let (weighted, plain) = (try metric.value(of: rows), try metric.value(of: repeated))
      #expect(abs(weighted - plain) <= 1e-12 * max(1, abs(plain)), "\(definition.name): \(weighted), \(plain)")
    }
  }

  @Test(arguments: 1...5) func theOrderOfRowsDoesNotMatter(seed: UInt64) throws {
    let (rows, weights) = try Self.rows(seed)
    let turned = rows.rows(at: weights.indices.map { ($0 * 7 + 3) % weights.count })
    for definition in BinaryRows.metrics where definition.name != "hosmer_lemeshow" {
      let metric = try definition.metric(Self.arguments(definition.parameters))
      let (one, other) = (try metric.value(of: rows), try metric.value(of: turned))
      #expect(abs(one - other) <= 1e-13 * max(1, abs(one)), "\(definition.name)")
    }
  }

  @Test(arguments: 1...5) func theAreaIsTheShareOfPairsInOrder(seed: UInt64) throws {
    let rows = try Self.unweighted(try Self.rows(seed).rows)
    let scores = try #require(rows.scores)
    var (twice, pairs) = (0, 0)
    for one in rows.labels.indices where rows.labels[one] {
      for other in rows.labels.indices where !rows.labels[other] {
        pairs += 1
        twice += scores[one] > scores[other] ? 2 : scores[one] == scores[other] ? 1 : 0
      }
    }
    let area = try Self.value("roc_auc", of: rows)
    #expect(abs(area - Double(twice) / Double(2 * pairs)) < 1e-14)
    let reversed = try BinaryRows(labels: rows.labels, scores: scores.map { -$0 })
    #expect(abs(area + (try Self.value("roc_auc", of: reversed)) - 1) < 1e-14)
    let swapped = try BinaryRows(labels: rows.labels.map { !$0 }, scores: scores.map { -$0 })
    #expect(abs(area - (try Self.value("roc_auc", of: swapped))) < 1e-14)
  }

  @Test(arguments: 1...5) func averagePrecisionStepsThroughTheThresholds(seed: UInt64) throws {
    let rows = try Self.unweighted(try Self.rows(seed).rows)
    let scores = try #require(rows.scores)
    let positives = Double(rows.labels.count { $0 })
    var (sum, lastRecall) = (0.0, 0.0)
    for threshold in Set(scores).sorted(by: >) {
      let called = scores.indices.filter { scores[$0] >= threshold }
      let hits = Double(called.count { rows.labels[$0] })
      sum += (hits / positives - lastRecall) * hits / Double(called.count)
      lastRecall = hits / positives
    }
    #expect(abs(try Self.value("average_precision", of: rows) - sum) < 1e-13)
  }

  @Test func rankingIsTheMeanOverAllOrdersOfEqualScores() throws {
    let (relevances, scores) = ([3.0, 0, 1, 2], [0.5, 0.5, 0.9, 0.5])
    // The second-best places fall to the three equal documents in all their orders.
    var sum = 0.0
    let tied = [0, 1, 3]
    for first in tied {
      for second in tied where second != first {
        let third = tied.first { $0 != first && $0 != second } ?? 0
        let order = [2, first, second, third]
        let rows = try RankingRows(
          queries: [0, 0, 0, 0], relevances: order.map { relevances[$0] }, scores: [4, 3, 2, 1])
        sum += try Self.value("ndcg", of: rows)
      }
    }
    let rows = try RankingRows(queries: [7, 7, 7, 7], relevances: relevances, scores: scores)
    #expect(abs(try Self.value("ndcg", of: rows) - sum / 6) < 1e-14)
  }

  @Test func microAveragesAreTheAccuracy() throws {
    let labels = [0, 1, 2, 2, 1, 0, 2]
    let rows = try MulticlassRows(classes: ["a", "b", "c"], labels: labels, predictions: [0, 2, 2, 1, 1, 0, 0])
    let accuracy = try Self.value("accuracy", of: rows)
    for name in ["precision", "recall", "f1"] {
      #expect(try Self.value(name, ["average": .word("micro")], of: rows) == accuracy)
    }
  }

  @Test(arguments: 1...5) func twoClassesAreBinary(seed: UInt64) throws {
    let binary = try Self.rows(seed).rows
    let scores = try #require(binary.scores)
    let two = try MulticlassRows(
      classes: ["no", "yes"], labels: binary.labels.map { $0 ? 1 : 0 },
      predictions: binary.predictions.map { $0 ? 1 : 0 }, probabilities: scores.flatMap { [1 - $0, $0] },
      weights: binary.weights)
    let one: [String: MetricArgument] = ["class": .word("yes")]
    for name in ["precision", "recall", "f1", "jaccard", "roc_auc", "average_precision"] {
      let (first, second) = (try Self.value(name, of: binary), try Self.value(name, one, of: two))
      #expect(abs(first - second) < 1e-13, "\(name)")
    }
    for name in ["accuracy", "balanced_accuracy", "mcc", "cohen_kappa", "log_loss", "d2_log_loss", "d2_brier"] {
      let (first, second) = (try Self.value(name, of: binary), try Self.value(name, of: two))
      #expect(abs(first - second) < 1e-13, "\(name)")
    }
  }
}

/// A generator of numbers that every machine makes alike.
struct SplitMix {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
