import Foundation
import Statistics

/// Times a method on samples of raw little-endian doubles, so many times: `METHOD RUNS FILE…`. `Benchmarks/methods.py`
/// runs it beside scipy and scikit-learn on the same files, and compares what they answer.
@main struct StatisticsBenchmark {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 3, let runs = Int(arguments[2]), let method = methods[arguments[1]] else {
      print("usage: statistics-benchmark \(methods.keys.sorted().joined(separator: "|")) RUNS FILE…")
      exit(2)
    }
    let samples = try arguments[3...].map(sample)
    var (seconds, answers): ([Double], [Double]) = ([], [])
    for _ in 0..<runs {
      let clock = ContinuousClock()
      let start = clock.now
      answers = try await method(samples)
      let elapsed = clock.now - start
      seconds.append(Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18)
    }
    print("{\"seconds\": \(seconds), \"answers\": \(answers)}")
  }

  private static func sample(_ path: String) throws -> [Double] {
    let data = try Data(contentsOf: URL(filePath: path))
    return data.withUnsafeBytes { bytes in
      (0..<bytes.count / 8).map {
        Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)))
      }
    }
  }

  private static let methods: [String: @Sendable ([[Double]]) async throws -> [Double]] = [
    // Labels as 0 and 1, then the scores of two models.
    "delong": { samples in
      let delong = try DeLong(labels: samples[0].map { $0 == 1 }, scores: [samples[1], samples[2]])
      let estimate = try delong.difference(0, 1, confidence: 0.95)
      return [delong.areas[0], delong.areas[1], estimate.interval.lower, estimate.interval.upper]
    },
    "auc-bootstrap": { samples in
      let labels = samples[0].map { $0 == 1 }
      let bootstrap = try AreaBootstrap(labels: labels, first: samples[1], second: samples[2])
      let interval = try await bootstrap.difference(resamples: 10_000).percentile(confidence: 0.95)
      return [interval.lower, interval.upper]
    },
    "ks": { samples in
      let result = try KolmogorovSmirnov(samples[0], samples[1]).test(law: .finite)
      return [result.statistic, result.p.value]
    },
    "wasserstein": { samples in [try Wasserstein.distance(samples[0], samples[1])] },
    "mann-whitney": { samples in
      let result = try MannWhitney(samples[0], samples[1]).test(law: .normal)
      return [result.statistic, result.p.value]
    },
  ]
}
