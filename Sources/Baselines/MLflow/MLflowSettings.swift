internal import Transport

/// Where the tracking server is and how to speak with it, from the variables that MLflow's own clients read.
struct MLflowSettings: Sendable {
  /// http or https, possibly with a path.
  var address: String
  var server: RemoteServer

  /// - Parameter address: the server that the reference names; nil for that of the environment.
  init(address: String?, environment: [String: String], limit: Int) throws(MLflowError) {
    guard let address = address ?? environment["MLFLOW_TRACKING_URI"], !address.isEmpty else { throw .noServer }
    guard address.hasPrefix("http://") || address.hasPrefix("https://") else {
      throw .unusableServer(scheme: String(address.prefix { $0 != ":" }.prefix(40)))
    }
    self.address = address
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
    server.tls.caFile = environment["MLFLOW_TRACKING_SERVER_CERT_PATH"]
    server.tls.clientCertificateFile = environment["MLFLOW_TRACKING_CLIENT_CERT_PATH"]
    server.tls.acceptsAnyCertificate = environment["MLFLOW_TRACKING_INSECURE_TLS"]?.lowercased() == "true"
  }
}
