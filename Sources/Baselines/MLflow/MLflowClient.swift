internal import JSON
internal import Transport

/// Speaks with one MLflow tracking server over its REST API.
package struct MLflowClient: Sendable {
  private let settings: MLflowSettings

  /// - Parameter address: the server; nil for that of `MLFLOW_TRACKING_URI`.
  package init(
    address: String? = nil, environment: [String: String], limit: Int = LocalFile.defaultLimit
  ) throws(MLflowError) {
    settings = try MLflowSettings(address: address, environment: environment, limit: limit)
  }

  /// A version of a registered model, as far as it matters here.
  package struct ModelVersion: Sendable, Equatable {
    package var model: String
    package var version: String
    package var run: String
  }

  /// The metrics of a run, as a list that says whose they are.
  func metrics(of target: MLflowReference.Target) async throws(MLflowError) -> Baseline {
    let run: String
    var provenance = ""
    switch target {
    case .run(let id): run = id
    case .alias, .version:
      let found = try await version(of: target)
      guard !found.run.isEmpty else { throw .noRun(model: found.model, version: found.version) }
      run = found.run
      provenance = "version \(found.version) of \(found.model), "
    }
    let found = try await metrics(ofRun: run)
    guard !found.metrics.isEmpty else { throw .noMetrics(run: run) }
    return Baseline(
      bytes: JSONWriter.compact.bytes(.array(found.metrics)), path: "metrics.json",
      provenance: provenance + "run \(run)" + (found.oddity.map { ", which \($0)" } ?? ""), time: found.time)
  }

  /// The version that an alias or a number stands for.
  package func version(of target: MLflowReference.Target) async throws(MLflowError) -> ModelVersion {
    let reply: JSONValue
    switch target {
    case .run(let run): throw .missingRun(run)
    case .alias(let model, let alias): reply = try await aliased(alias, of: model)
    case .version(let model, let version):
      reply = try await answer(.version(version, of: model), orWhenMissing: .missingVersion(version, model: model))
    }
    guard let found = reply["model_version"], let model = found["name"]?.stringValue,
      let version = found["version"]?.word
    else { throw .notMLflow("the answer has no model_version") }
    // Stores that know of no registration in steps say nothing of one.
    if let status = found["status"]?.word, status != "READY" {
      throw .notReady(
        model: model, version: version, status: settings.server.credentials.masked(status),
        words: settings.server.credentials.masked(found["status_message"]?.stringValue ?? ""))
    }
    return ModelVersion(model: model, version: version, run: found["run_id"]?.stringValue ?? "")
  }

  /// Puts a file among the artifacts of a run, by way of the server. What stands there under the name is replaced.
  package func upload(_ artifact: MLflowArtifact, run: String) async throws(MLflowError) {
    let folder = try await artifactFolder(ofRun: run)
    let path = (folder + artifact.path.split(separator: "/").map(String.init)).map(\.percentEncoded)
    let server = settings.address.hasSuffix("/") ? String(settings.address.dropLast()) : settings.address
    _ = try await answer(
      "PUT", "\(server)/api/2.0/mlflow-artifacts/artifacts/\(path.joined(separator: "/"))", body: artifact.bytes,
      type: artifact.type, mayBeEmpty: true)
  }

  /// Throws when there is no such run.
  func checkRun(_ run: String) async throws(MLflowError) {
    _ = try await answer(.run(run), orWhenMissing: .missingRun(run))
  }

  /// Throws when artifacts of the run cannot be uploaded by way of the server.
  func checkArtifacts(ofRun run: String) async throws(MLflowError) { _ = try await artifactFolder(ofRun: run) }

  /// The path of a run's artifacts below the server's root of artifacts: of `mlflow-artifacts:/1/27af/artifacts`.
  ///
  /// A host in it would be another server, to which the credentials do not belong.
  private func artifactFolder(ofRun run: String) async throws(MLflowError) -> [String] {
    let reply = try await answer(.run(run), orWhenMissing: .missingRun(run))
    guard let place = reply["run"]?["info"]?["artifact_uri"]?.stringValue else {
      throw .notMLflow("the run has no artifact_uri")
    }
    let parts = place.split(separator: "/").map(String.init)
    guard parts.first == "mlflow-artifacts:", !place.hasPrefix("mlflow-artifacts://"), parts.count > 1,
      !parts.contains("..")
    else { throw .artifactsElsewhere(run: run, place: settings.server.credentials.masked(place)) }
    return Array(parts.dropFirst())
  }

  /// Sends a request that writes.
  package func send(_ request: MLflowRequest) async throws(MLflowError) {
    _ = try await answer(request)
  }

  /// MLflow answers INVALID_PARAMETER_VALUE for an alias that is not there, other stores RESOURCE_DOES_NOT_EXIST, which
  /// may also mean the model; so the model is asked for.
  private func aliased(_ alias: String, of model: String) async throws(MLflowError) -> JSONValue {
    do throws(MLflowError) {
      return try await answer(.alias(alias, of: model))
    } catch {
      guard case .refused(let code, let words) = error else { throw error }
      let isAbout = words.lowercased().contains("alias") && words.contains("not found")
      guard code == "RESOURCE_DOES_NOT_EXIST" || code == "INVALID_PARAMETER_VALUE" && isAbout else { throw error }
    }
    _ = try await answer(.model(model), orWhenMissing: .missingModel(model))
    throw .missingAlias(alias, model: model)
  }

  /// What a run says of itself.
  private struct RunMetrics {
    var metrics: [JSONValue]
    /// When it ended or, before that, began.
    var time: Int64?
    /// What is odd about a run whose metrics are to be a baseline: `is deleted`.
    var oddity: String?
  }

  private func metrics(ofRun run: String) async throws(MLflowError) -> RunMetrics {
    let reply = try await answer(.run(run), orWhenMissing: .missingRun(run))
    guard let data = reply["run"]?["data"] else { throw .notMLflow("the answer has no run") }
    var metrics: [JSONValue] = []
    for metric in data["metrics"]?.arrayValue ?? [] {
      guard let key = metric["key"]?.stringValue, let value = metric["value"] else {
        throw .notMLflow("a metric has no key or no value")
      }
      metrics.append(["key": .string(key), "value": value])
    }
    let info = reply["run"]?["info"]
    let times = ["end_time", "start_time"].lazy.compactMap { info?[$0]?.word.flatMap { Int64($0) } }
    var oddity: String?
    if info?["lifecycle_stage"]?.stringValue == "deleted" {
      oddity = "is deleted"
    } else if let status = info?["status"]?.stringValue, ["FAILED", "KILLED"].contains(status) {
      oddity = "ended as \(status)"
    }
    return RunMetrics(metrics: metrics, time: times.first { $0 > 0 }.map { $0 / 1000 }, oddity: oddity)
  }

  private func answer(
    _ request: MLflowRequest, orWhenMissing missing: MLflowError
  ) async throws(MLflowError) -> JSONValue {
    do throws(MLflowError) {
      return try await answer(request)
    } catch {
      if case .refused("RESOURCE_DOES_NOT_EXIST", _) = error { throw missing }
      throw error
    }
  }

  private func answer(_ request: MLflowRequest) async throws(MLflowError) -> JSONValue {
    try await answer(
      request.method, request.url(on: settings.address(for: request)),
      body: request.body.map { JSONWriter.compact.bytes($0) } ?? [])
  }

  private func answer(
    _ method: String, _ url: String, body: [UInt8], type: String = "application/json", mayBeEmpty: Bool = false
  ) async throws(MLflowError) -> JSONValue {
    let response: HTTPResponse
    do throws(RemoteError) {
      response = try await settings.server.exchange(method, url, accept: "application/json", body: body, type: type)
    } catch {
      throw .remote(error)
    }
    // Lenient: Python servers write NaN without quotes.
    let document = try? JSONParser.parse(response.body, mode: .lenient, limits: JSONLimits(maximumDepth: 64))
    if let error = settings.server.error(of: response) {
      // Who may ask is the server's business; everything else is the API's, which says it in an error code.
      switch error {
      case .unauthorized, .forbidden, .redirected: throw .remote(error)
      default: break
      }
      if let code = document?["error_code"]?.word {
        let words = document?["message"]?.stringValue ?? ""
        throw .refused(
          code: settings.server.credentials.masked(code), words: settings.server.credentials.masked(words))
      }
      switch error {
      case .webPage: throw .notMLflow("it answered with a web page")
      case .notFound, .gone: throw .notMLflow("it answered \(response.status) without an error code")
      default: throw .remote(error)
      }
    }
    // Under uvicorn the server answers an upload with nothing, elsewhere with an empty object.
    if mayBeEmpty, response.body.isEmpty { return [:] }
    guard let document, document.objectValue != nil else { throw .notMLflow("the answer is not a JSON object") }
    return document
  }
}

extension JSONValue {
  /// A text, or the digits of a number: int64 come as either.
  fileprivate var word: String? { stringValue ?? numberValue?.literal }
}
