import Foundation
import Metrics
import Statistics

/// Times every binary metric on rows of raw little-endian doubles: `LABELS SCORES`. `Benchmarks/metrics.py` runs it beside
/// scikit-learn on the same files. A sort of the scores is timed first: all metrics share one.
@main struct MetricsBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else {
      print("usage: metrics-benchmark LABELS SCORES")
      exit(2)
    }
    let (labels, scores) = (try column(arguments[1]).map { $0 == 1 }, try column(arguments[2]))
    let sort = seconds { _ = RadixSort.order(scores) }
    let rows = try BinaryRows(labels: labels, scores: scores)
    var metrics: [String] = []
    let all = try seconds {
      for definition in BinaryRows.metrics {
        let metric = try definition.metric(Self.arguments(definition.parameters))
        var value = Double.nan
        let own = try seconds { value = try metric.value(of: rows) }
        metrics.append("\"\(metric.name)\": {\"seconds\": \(own), \"value\": \(value)}")
      }
    }
    print(
      "{\"rows\": \(rows.count), \"sort\": \(sort), \"all\": \(all), \"metrics\": {\(metrics.joined(separator: ", "))}}"
    )
  }

  private static func arguments(_ parameters: [MetricParameter]) -> [String: MetricArgument] {
    parameters.filter(\.isRequired).reduce(into: [:]) { $0[$1.name] = .number($1.kind == .share ? 0.5 : 2) }
  }

  private static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try body()
    let elapsed = clock.now - start
    return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
  }

  private static func column(_ path: String) throws -> [Double] {
    let data = try Data(contentsOf: URL(filePath: path))
    return data.withUnsafeBytes { bytes in
      (0..<bytes.count / 8).map {
        Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)))
      }
    }
  }
}
