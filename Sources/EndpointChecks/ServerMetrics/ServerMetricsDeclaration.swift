internal import Language
internal import Verdict

/// `server_metrics:`: what the server counts itself, to be held against what was sent.
struct ServerMetricsDeclaration: Sendable {
  /// Where its metrics are; nil for the place of its kind of server.
  var url: Located<EndpointURL>?
  /// The metric that counts good answers; nil for the one of its kind of server.
  var counter: Located<MetricSelector>?
  var location: SourceLocation?

  /// `{url: http://127.0.0.1:8002/metrics, counter: 'answers_total{model="delay"}'}`; `{}` where the protocol knows both.
  static var shape: Shape<ServerMetricsDeclaration> {
    Shape<ServerMetricsDeclaration>.object(
      ServerMetricsDeclaration(),
      [
        .optional(
          "url", \.url, Shape<EndpointURL>.endpointURL.located,
          "Where the metrics are, with {port} for the port of a started endpoint; the place that the protocol knows."),
        .optional(
          "counter", \.counter, MetricSelector.shape.located,
          "The metric that counts good answers: name{label=\"value\"}; the one that the protocol knows."),
      ]
    ).map { metrics, node, _ in
      var metrics = metrics
      metrics.location = node.location
      return metrics
    }
  }

  /// What is read; nil when neither the config nor the protocol says it.
  func counter(of preset: any ServingProtocol) -> ServerCounter? {
    guard var known = preset.serverCounter else {
      guard url != nil, let counter else { return nil }
      return ServerCounter(path: url?.value.basePath ?? "", reading: .metric(counter.value))
    }
    if let counter { known.reading = .metric(counter.value) }
    if let url {
      known.path = url.value.basePath
      // Statistics are no metrics, and whoever names another place means Triton's metrics.
      if case .statistics(let model) = known.reading {
        known.reading = .metric(MetricSelector(name: "nv_inference_request_success", labels: ["model": model]))
      }
    }
    return known
  }
}
