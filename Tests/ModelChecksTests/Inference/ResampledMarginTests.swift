import Foundation
import Metrics
import Statistics
import TestSupport
import Testing

@testable import ModelChecks

/// Metrics that are resampled, of a candidate that is worse by exactly the margin: intervals of quantiles alone pass it
/// eight times in a hundred by a median and six by the average precision of 35 groups.
@Suite struct ResampledMarginTests {
  /// 2.5 % of so many runs, and two standard errors more.
  private static func most(of runs: Int) -> Int {
    Int((0.025 * Double(runs) + 2 * (0.025 * 0.975 * Double(runs)).squareRoot()).rounded(.up))
  }

  private static func normal(_ random: inout SeededGenerator) -> Double {
    let (u, v) = (Double.random(in: 1e-12..<1, using: &random), Double.random(in: 0..<1, using: &random))
    return (-2 * log(u)).squareRoot() * cos(2 * Double.pi * v)
  }

  /// Three of ten predictions differ: the median of the errors jumps from one to the next.
  private static func errors(_ count: Int, _ random: inout SeededGenerator) throws -> (RegressionRows, RegressionRows) {
    var (mine, theirs): ([Double], [Double]) = ([], [])
    for _ in 0..<count {
      let error = normal(&random)
      theirs.append(error)
      mine.append(Double.random(in: 0..<1, using: &random) < 0.3 ? error + 0.5 * normal(&random) : error)
    }
    let labels = [Double](repeating: 0, count: count)
    return (
      try RegressionRows(labels: labels, predictions: mine), try RegressionRows(labels: labels, predictions: theirs)
    )
  }

  @Test func medianAbsoluteError() throws {
    var random = SeededGenerator(seed: 21)
    let metric = try MetricRegistry.definition("median_absolute_error", of: RegressionRows.self).metric()
    let (all, others) = try Self.errors(400_000, &random)
    let truth = try metric.value(of: all) - metric.value(of: others)
    var passes = 0
    let runs = 80
    for _ in 0..<runs {
      let (mine, theirs) = try Self.errors(100, &random)
      let value = try metric.value(of: mine) - metric.value(of: theirs)
      let interval = try EffectEstimator(metric: metric, candidate: mine, baseline: theirs, clusters: nil)
        .difference(value).interval(confidence: 0.95)
      if interval.upper < truth { passes += 1 }
    }
    #expect(passes <= Self.most(of: runs))
  }

  /// Groups of ten rows, some of which have most of the positives.
  private static func grouped(
    _ groups: Int, _ random: inout SeededGenerator
  ) throws -> (BinaryRows, BinaryRows, Clusters) {
    var (labels, mine, theirs, codes): ([Bool], [Double], [Double], [Int32]) = ([], [], [], [])
    for group in 0..<groups {
      let (level, first, second) = (2 * normal(&random), normal(&random), normal(&random))
      for _ in 0..<10 {
        let label = Double.random(in: 0..<1, using: &random) < 1 / (1 + exp(1 - level))
        let shared = (label ? 0.8 : -0.8) + 0.7 * normal(&random)
        labels.append(label)
        mine.append(shared + 0.8 * normal(&random) + first)
        theirs.append(shared + 0.3 * normal(&random) + second)
        codes.append(Int32(group))
      }
    }
    return (
      try BinaryRows(labels: labels, scores: mine), try BinaryRows(labels: labels, scores: theirs),
      Clusters(codes: codes, count: groups)
    )
  }

  @Test func averagePrecisionOfGroups() throws {
    var random = SeededGenerator(seed: 22)
    let metric = try MetricRegistry.definition("average_precision", of: BinaryRows.self).metric()
    let (all, others, _) = try Self.grouped(20_000, &random)
    let truth = try metric.value(of: all) - metric.value(of: others)
    var (passes, told) = (0, 0)
    let runs = 40
    for _ in 0..<runs {
      let (mine, theirs, clusters) = try Self.grouped(35, &random)
      guard let value = try? metric.value(of: mine) - metric.value(of: theirs),
        let interval = try? EffectEstimator(metric: metric, candidate: mine, baseline: theirs, clusters: clusters)
          .difference(value).interval(confidence: 0.95)
      else { continue }
      told += 1
      if interval.lower > truth { passes += 1 }
    }
    #expect(passes <= Self.most(of: runs) && told > runs / 2, "\(passes) of \(told)")
  }
}
