internal import ArgumentParser
internal import EndpointChecks

/// Who asks an endpoint that no config describes. Secrets are named, never written: everybody on a machine can read the
/// command lines of its processes.
struct CredentialOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Send the token that this environment variable holds, as Authorization: Bearer.", valueName: "variable"))
  var bearerEnv: String?

  @Option(
    help: ArgumentHelp(
      "Send the user:password that this environment variable holds, as Authorization: Basic.", valueName: "variable"))
  var basicEnv: String?

  @Option(
    help: ArgumentHelp(
      "Send a header with the value that an environment variable holds: X-API-Key=API_KEY. Repeatable.",
      valueName: "header=variable"))
  var headerEnv: [String] = []

  @Option(
    help: ArgumentHelp("A PEM file of authorities to trust over https instead of the system's.", valueName: "file"))
  var ca: String?

  @Option(help: ArgumentHelp("A PEM file with our certificate, for mutual TLS.", valueName: "file"))
  var cert: String?

  @Option(help: ArgumentHelp("A PEM file with its private key, when it is not in the same file.", valueName: "file"))
  var key: String?

  func validate() throws { _ = try headers() }

  /// The headers with the variables that hold their values. A mistake is told without its text, which may be a secret.
  private func headers() throws -> [(name: String, variable: String)] {
    try headerEnv.map { text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw ValidationError("--header-env takes HEADER=VARIABLE: X-API-Key=API_KEY")
      }
      return (String(parts[0]), String(parts[1]))
    }
  }

  var isEmpty: Bool {
    bearerEnv == nil && basicEnv == nil && headerEnv.isEmpty && ca == nil && cert == nil && key == nil
  }

  /// What they name, with the environment to find it in.
  func credentials(_ invocation: Invocation) throws -> EndpointCredentials {
    EndpointCredentials(
      bearer: bearerEnv, basic: basicEnv, headers: try headers(), ca: ca, certificate: cert, key: key,
      environment: invocation.environment)
  }
}
