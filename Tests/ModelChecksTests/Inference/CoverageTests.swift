import Foundation
import Metrics
import Statistics
import TestSupport
import Testing

@testable import ModelChecks

/// Two models of one quality, again and again: the interval of their difference holds 0 as often as it says.
@Suite struct CoverageTests {
  private static let runs = 40

  private static func normal(_ generator: inout SeededGenerator) -> Double {
    let (u, v) = (Double.random(in: 1e-12..<1, using: &generator), Double.random(in: 0..<1, using: &generator))
    return (-2 * log(u)).squareRoot() * cos(2 * Double.pi * v)
  }

  /// Rows of two models that see the same and err each in its own way.
  private static func pair(_ count: Int, _ generator: inout SeededGenerator) throws -> (BinaryRows, BinaryRows) {
    var (labels, first, second): ([Bool], [Double], [Double]) = ([], [], [])
    for _ in 0..<count {
      let label = Double.random(in: 0..<1, using: &generator) < 0.3
      let shared = (label ? 1.2 : -0.8) + normal(&generator)
      labels.append(label)
      first.append(1 / (1 + exp(-(shared + 0.4 * normal(&generator)))))
      second.append(1 / (1 + exp(-(shared + 0.4 * normal(&generator)))))
    }
    return (try BinaryRows(labels: labels, scores: first), try BinaryRows(labels: labels, scores: second))
  }

  /// 95 % less four standard errors of 40 runs.
  @Test(arguments: ["accuracy", "recall", "precision", "f1", "log_loss", "brier_score", "roc_auc"])
  func equalModelsAreSeldomToldApart(name: String) throws {
    var generator = SeededGenerator(seed: 5)
    let metric = try MetricRegistry.definition(name, of: BinaryRows.self).metric()
    var (held, methods) = (0, Set<String>())
    for _ in 0..<Self.runs {
      let (mine, theirs) = try Self.pair(400, &generator)
      let effect = try EffectEstimator(metric: metric, candidate: mine, baseline: theirs, clusters: nil)
        .difference(try metric.value(of: mine) - metric.value(of: theirs))
      methods.insert(effect.method)
      if try effect.interval(confidence: 0.95).contains(0) { held += 1 }
    }
    #expect(held >= 32, "\(held) of \(Self.runs) by \(methods)")
    #expect(methods.isDisjoint(with: ["rule-of-three"]))
  }

  /// Resamples and sections of the rows, against the formula where there is one: their widths agree.
  @Test func withoutAFormulaTheWidthIsTheSame() throws {
    var generator = SeededGenerator(seed: 6)
    let metric = try MetricRegistry.definition("log_loss", of: BinaryRows.self).metric()
    for (count, method) in [(600, "bootstrap"), (12_000, "sectioning")] {
      let (mine, theirs) = try Self.pair(count, &generator)
      let estimator = EffectEstimator(metric: metric, candidate: mine, baseline: theirs, clusters: nil)
      let value = try metric.value(of: mine) - metric.value(of: theirs)
      let formula = try estimator.difference(value).interval(confidence: 0.95)
      let resampled = try RowResampling(estimator).effect(value)
      #expect(resampled.method == method)
      let width = try resampled.interval(confidence: 0.95).width
      #expect(abs(width / formula.width - 1) < 0.4, "\(method): \(width) for \(formula.width)")
    }
  }
}
