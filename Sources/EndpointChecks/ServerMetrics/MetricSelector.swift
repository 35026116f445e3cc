internal import Language

/// Which samples of a metric are meant: `nv_inference_request_success{model="delay"}`. Labels that it does not name may be
/// anything, and what it selects is added up.
struct MetricSelector: Sendable, Equatable {
  var name: String
  var labels: [String: String] = [:]

  init(name: String, labels: [String: String] = [:]) {
    self.name = name
    self.labels = labels
  }

  /// Reads a name and its labels.
  init(_ scanner: inout MetricsExposition.Scanner) throws(MetricsExposition.Scanner.Fault) {
    guard let name = scanner.name() else { throw .init(message: "this does not begin with the name of a metric") }
    self.name = name
    // Blanks that no labels follow stand before a value.
    var ahead = scanner
    ahead.skipBlanks()
    guard ahead.consume("{") else { return }
    scanner = ahead
    while true {
      scanner.skipBlanks()
      if scanner.consume("}") { return }
      guard let label = scanner.name() else { throw .init(message: "the labels of \(name) do not end") }
      scanner.skipBlanks()
      guard scanner.consume("=") else { throw .init(message: "the label \(label) of \(name) has no value") }
      scanner.skipBlanks()
      labels[label] = try scanner.quoted()
      scanner.skipBlanks()
      if scanner.consume("}") { return }
      guard scanner.consume(",") else { throw .init(message: "the labels of \(name) do not end") }
    }
  }

  func selects(_ sample: MetricsExposition.Sample) -> Bool {
    sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
  }

  static var shape: Shape<MetricSelector> {
    Shape<String>.string.map { text, node, problems in
      var scanner = MetricsExposition.Scanner(Array(text.utf8)[...])
      do throws(MetricsExposition.Scanner.Fault) {
        let selector = try MetricSelector(&scanner)
        scanner.skipBlanks()
        if scanner.byte == nil { return selector }
        problems.report("there is something behind the labels", at: node.location)
      } catch {
        problems.report(
          "this names no metric: \(error.message)", at: node.location, help: [#"write name{label="value"}"#])
      }
      return nil
    }
  }
}

extension MetricSelector: CustomStringConvertible {
  var description: String {
    let pairs = labels.keys.sorted().map { "\($0)=\"\(labels[$0, default: ""])\"" }
    return name + (pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}")
  }
}
