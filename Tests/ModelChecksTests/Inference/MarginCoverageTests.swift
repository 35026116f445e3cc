import Foundation
import Metrics
import Statistics
import TestSupport
import Testing

@testable import ModelChecks

/// A candidate that is worse by exactly the margin: it passes as rarely as a two-sided interval of 95 % says on one side,
/// also with few positives, where the plain DeLong and t intervals pass it six times in a hundred and more.
@Suite struct MarginCoverageTests {
  private static let runs = 600
  /// 2.5 % of 600 runs, and three standard errors more.
  private static let most = 27

  private struct Population {
    /// How far the classes lie apart.
    var separation: Double
    /// The noise that each model adds to what both see.
    var candidate: Double
    var baseline: Double
    var positives = 0.1

    /// Scores that are the probabilities of a model that is twice too sure.
    func draw(_ count: Int, _ random: inout SeededGenerator) throws -> (BinaryRows, BinaryRows) {
      var (labels, mine, theirs): ([Bool], [Double], [Double]) = ([], [], [])
      let offset = log(positives / (1 - positives))
      for _ in 0..<count {
        let label = Double.random(in: 0..<1, using: &random) < positives
        let shared = (label ? separation : -separation) / 2 + Self.normal(&random)
        labels.append(label)
        mine.append(1 / (1 + exp(-(2 * (shared + candidate * Self.normal(&random)) + offset))))
        theirs.append(1 / (1 + exp(-(2 * (shared + baseline * Self.normal(&random)) + offset))))
      }
      return (try BinaryRows(labels: labels, scores: mine), try BinaryRows(labels: labels, scores: theirs))
    }

    private static func normal(_ random: inout SeededGenerator) -> Double {
      let (u, v) = (Double.random(in: 1e-12..<1, using: &random), Double.random(in: 0..<1, using: &random))
      return (-2 * log(u)).squareRoot() * cos(2 * Double.pi * v)
    }
  }

  /// How often the interval of the benefit is all above the true one.
  private func falsePasses(
    _ name: String, _ count: Int, _ population: Population, runs: Int = MarginCoverageTests.runs
  ) throws -> (passes: Int, told: Int) {
    var random = SeededGenerator(seed: 11)
    let metric = try MetricRegistry.definition(name, of: BinaryRows.self).metric()
    let sign: Double = metric.better == .higher ? 1 : -1
    let (all, others) = try population.draw(400_000, &random)
    let truth = sign * (try metric.value(of: all) - metric.value(of: others))
    var (passes, told) = (0, 0)
    for _ in 0..<runs {
      let (mine, theirs) = try population.draw(count, &random)
      let estimator = EffectEstimator(metric: metric, candidate: mine, baseline: theirs, clusters: nil)
      guard let value = try? metric.value(of: mine) - metric.value(of: theirs),
        let interval = try? estimator.difference(value).scaled(sign).interval(confidence: 0.95)
      else { continue }
      told += 1
      if interval.lower > truth { passes += 1 }
    }
    return (passes, told)
  }

  @Test(arguments: ["roc_auc", "log_loss", "brier_score"], [60, 200])
  func whatIsWorseByTheMarginSeldomPasses(metric: String, count: Int) throws {
    let found = try falsePasses(metric, count, Population(separation: 2, candidate: 0.8, baseline: 0.3))
    #expect(found.passes <= Self.most, "\(found)")
  }

  /// Of a precision the few rows that are called positive tell: with them alone in mind a plain cell bootstrap passes seven
  /// in a hundred.
  @Test func neitherDoesAPrecisionOfFewRows() throws {
    let population = Population(separation: 1.8, candidate: 0.8, baseline: 0.3, positives: 0.3)
    let found = try falsePasses("precision", 100, population, runs: 200)
    // 2.5 % of 200 runs, and three standard errors more.
    #expect(found.passes <= 11 && found.told > 100, "\(found)")
  }

  /// An area near 1: DeLong's own interval passes seventeen in a hundred.
  @Test func neitherWhereTheAreaIsNearOne() throws {
    let population = Population(separation: 3.5, candidate: 0.6, baseline: 0.2, positives: 0.3)
    let found = try falsePasses("roc_auc", 100, population)
    #expect(found.passes <= Self.most && found.told > Self.runs / 2, "\(found)")
  }

  /// What would make it trivial: no interval at all.
  @Test func twoHundredRowsMostlyHaveAnInterval() throws {
    for metric in ["roc_auc", "log_loss"] {
      let found = try falsePasses(metric, 400, Population(separation: 2, candidate: 0.8, baseline: 0.3))
      #expect(found.told > Self.runs * 4 / 5, "\(metric): \(found)")
    }
  }
}
