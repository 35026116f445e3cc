internal import Transport

/// Where the tracking server is and how to speak with it, from the variables that MLflow's own clients read.
struct MLflowSettings: Sendable {
  /// The tracking server: http or https, possibly with a path.
  let address: String
  /// Where registered models are, when that is elsewhere; not looked at before it is needed.
  private let registry: String?
  var server: RemoteServer

  /// - Parameter address: the server that the reference names, for everything; nil for those of the environment.
  init(address: String?, environment: [String: String], limit: Int) throws(MLflowError) {
    self.address = try Self.checked(address ?? environment["MLFLOW_TRACKING_URI"] ?? "", "MLFLOW_TRACKING_URI")
    registry = address == nil ? environment["MLFLOW_REGISTRY_URI"].flatMap { $0.isEmpty ? nil : $0 } : nil
    server = RemoteServer(
      credentials: RemoteCredentials(
        user: environment["MLFLOW_TRACKING_USERNAME"], password: environment["MLFLOW_TRACKING_PASSWORD"],
        token: environment["MLFLOW_TRACKING_TOKEN"],
        variables: "MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD"),
      limit: limit)
    if let text = environment["MLFLOW_HTTP_REQUEST_TIMEOUT"], let seconds = Double(text),
      (0.001...3600).contains(seconds)
    {
      server.timeout = .seconds(seconds)
    }
    if let text = environment["MLFLOW_HTTP_REQUEST_MAX_RETRIES"], let count = Int(text), (0...10).contains(count) {
      server.retry.retries = count
    }
    if let text = environment["MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR"], let seconds = Double(text),
      (0...RetryPolicy.longestPause).contains(seconds)
    {
      server.retry.firstPause = seconds
    }
    server.tls.caFile = environment["MLFLOW_TRACKING_SERVER_CERT_PATH"]
    server.tls.clientCertificateFile = environment["MLFLOW_TRACKING_CLIENT_CERT_PATH"]
    server.tls.acceptsAnyCertificate = environment["MLFLOW_TRACKING_INSECURE_TLS"]?.lowercased() == "true"
  }

  /// The server that a request is for.
  func address(for request: MLflowRequest) throws(MLflowError) -> String {
    guard request.isAboutRegistry, let registry else { return address }
    return try Self.checked(registry, "MLFLOW_REGISTRY_URI")
  }

  private static func checked(_ address: String, _ variable: String) throws(MLflowError) -> String {
    guard !address.isEmpty else { throw .noServer }
    guard address.hasPrefix("http://") || address.hasPrefix("https://") else {
      throw .unusableServer(scheme: String(address.prefix { $0 != ":" }.prefix(40)), variable: variable)
    }
    return address
  }
}
