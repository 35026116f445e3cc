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
    let metrics = try await metrics(ofRun: run)
    guard !metrics.isEmpty else { throw .noMetrics(run: run) }
    return Baseline(
      bytes: JSONWriter.compact.bytes(.array(metrics)), path: "metrics.json", provenance: provenance + "run \(run)")
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
    return ModelVersion(model: model, version: version, run: found["run_id"]?.stringValue ?? "")
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

  private func metrics(ofRun run: String) async throws(MLflowError) -> [JSONValue] {
    let reply = try await answer(.run(run), orWhenMissing: .missingRun(run))
    guard let data = reply["run"]?["data"] else { throw .notMLflow("the answer has no run") }
    var metrics: [JSONValue] = []
    for metric in data["metrics"]?.arrayValue ?? [] {
      guard let key = metric["key"]?.stringValue, let value = metric["value"] else {
        throw .notMLflow("a metric has no key or no value")
      }
      metrics.append(["key": .string(key), "value": value])
    }
    return metrics
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
    let response: HTTPResponse
    do throws(RemoteError) {
      response = try await settings.server.exchange(
        request.method, request.url(on: settings.address), accept: "application/json",
        body: request.body.map { JSONWriter.compact.bytes($0) } ?? [])
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
      case .notFound: throw .notMLflow("it answered \(response.status) without an error code")
      default: throw .remote(error)
      }
    }
    guard let document, document.objectValue != nil else { throw .notMLflow("the answer is not a JSON object") }
    return document
  }
}

extension JSONValue {
  /// A text, or the digits of a number: int64 come as either.
  fileprivate var word: String? { stringValue ?? numberValue?.literal }
}
