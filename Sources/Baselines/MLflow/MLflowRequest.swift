package import JSON

/// One call of MLflow's REST API, before any server is involved.
package struct MLflowRequest: Sendable, Equatable {
  package var method: String
  /// Below `/api/2.0/mlflow/`.
  package var path: String
  package var query: [Parameter]
  /// Nil for a call that only asks.
  package var body: JSONValue?

  package struct Parameter: Sendable, Equatable {
    package var name: String
    package var value: String
  }

  private init(_ path: String, query: KeyValuePairs<String, String>) {
    method = "GET"
    self.path = path
    self.query = query.map { Parameter(name: $0.key, value: $0.value) }
  }

  private init(_ path: String, body: KeyValuePairs<String, String>) {
    method = "POST"
    self.path = path
    query = []
    self.body = .object(JSONObject(body.map { JSONObject.Member($0.key, .string($0.value)) }))
  }

  /// Whether it is about registered models, which may be on another server than the runs.
  var isAboutRegistry: Bool { path.hasPrefix("registered-models/") || path.hasPrefix("model-versions/") }

  /// The address on a server.
  func url(on server: String) -> String {
    let base = server.hasSuffix("/") ? String(server.dropLast()) : server
    let parameters = query.map { "\($0.name)=\($0.value.percentEncoded)" }.joined(separator: "&")
    return "\(base)/api/2.0/mlflow/\(path)" + (parameters.isEmpty ? "" : "?" + parameters)
  }
}

// MARK: - What is read

extension MLflowRequest {
  package static func run(_ id: String) -> MLflowRequest { MLflowRequest("runs/get", query: ["run_id": id]) }

  package static func alias(_ alias: String, of model: String) -> MLflowRequest {
    MLflowRequest("registered-models/alias", query: ["name": model, "alias": alias])
  }

  package static func version(_ version: String, of model: String) -> MLflowRequest {
    MLflowRequest("model-versions/get", query: ["name": model, "version": version])
  }

  package static func model(_ name: String) -> MLflowRequest {
    MLflowRequest("registered-models/get", query: ["name": name])
  }
}

// MARK: - What is written

extension MLflowRequest {
  /// Tags a run.
  package static func tag(_ key: String, _ value: String, run: String) -> MLflowRequest {
    MLflowRequest("runs/set-tag", body: ["run_id": run, "key": key, "value": value])
  }

  /// Tags a version of a registered model.
  package static func tag(_ key: String, _ value: String, model: String, version: String) -> MLflowRequest {
    MLflowRequest("model-versions/set-tag", body: ["name": model, "version": version, "key": key, "value": value])
  }

  /// Moves an alias to a version, in one step.
  package static func promote(_ version: String, of model: String, to alias: String) -> MLflowRequest {
    MLflowRequest("registered-models/alias", body: ["name": model, "alias": alias, "version": version])
  }
}

extension MLflowRequest: CustomStringConvertible {
  /// One line for a dry run.
  package var description: String {
    let parameters = query.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    return "\(method) \(path) " + (body.map { JSONWriter.compact.string($0) } ?? parameters)
  }
}
