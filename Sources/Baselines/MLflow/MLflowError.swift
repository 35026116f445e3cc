/// Why an MLflow server gave no metrics, or did not do what it was asked to.
package enum MLflowError: Error, Sendable, Hashable {
  case noServer
  /// A tracking or registry URI that is no server: a file or a database.
  case unusableServer(scheme: String, variable: String)
  case remote(RemoteError)
  /// Something answers there, but it does not speak MLflow's REST API.
  case notMLflow(String)
  case missingRun(String)
  case missingModel(String)
  case missingVersion(String, model: String)
  /// The model is there, and nothing has that alias yet: a first run.
  case missingAlias(String, model: String)
  /// The version was registered without a run, or from another server.
  case noRun(model: String, version: String)
  case noMetrics(run: String)
  /// The version is not registered: FAILED_REGISTRATION, or PENDING_REGISTRATION still. `words` say why.
  case notReady(model: String, version: String, status: String, words: String)
  /// The run keeps its artifacts in a store that the server does not stand before.
  case artifactsElsewhere(run: String, place: String)
  /// Any other error of the API: its code and its words.
  case refused(code: String, words: String)

  func message(for name: String) -> String {
    switch self {
    case .noServer: "\(name) needs a tracking server, and MLFLOW_TRACKING_URI is not set"
    case .unusableServer(let scheme, let variable):
      "\(name) needs a server, and \"\(scheme)\" in \(variable) is none"
    case .remote(let error): error.message(for: name)
    case .notMLflow(let problem): "\(name) could not be read: this is no MLflow server (\(problem))"
    case .missingRun(let run): "\(name) cannot be read: there is no run \(run)"
    case .missingModel(let model): "\(name) cannot be read: there is no registered model \"\(model)\""
    case .missingVersion(let version, let model): "\(name) cannot be read: \"\(model)\" has no version \(version)"
    case .missingAlias(let alias, let model):
      "\(name) does not exist: no version of \"\(model)\" has the alias \"\(alias)\""
    case .noRun(let model, let version): "\(name) has no run: version \(version) of \"\(model)\" names none"
    case .noMetrics(let run): "\(name) has no metrics: nothing was logged to the run \(run)"
    case .notReady(let model, let version, let status, let words):
      "\(name) is no model yet: version \(version) of \"\(model)\" is \(status)" + (words.isEmpty ? "" : " (\(words))")
    case .artifactsElsewhere(let run, let place):
      "nothing can be uploaded to the run \(run): its artifacts are kept at \(place), and not by the server"
    case .refused(let code, let words): "\(name): MLflow answered \(code)" + (words.isEmpty ? "" : " (\(words))")
    }
  }

  var advice: String {
    switch self {
    case .noServer: "set it, or name the server: mlflow:https://HOST#models:/NAME@ALIAS"
    case .unusableServer: "start `mlflow server` over it and set the http:// address; files and databases are not read"
    case .remote(.notFound), .notMLflow: "check the address: it is the one that MLflow's own page has"
    case .remote(let error): error.advice
    case .missingRun: "check the id; a run that was deleted for good is gone"
    case .missingModel: "check the name, and whether MLFLOW_TRACKING_URI is the right server"
    case .missingVersion: "check the number, or name an alias: models:/NAME@ALIAS"
    case .missingAlias: "give the alias to the version in production"
    case .noRun: "register the version from the run that evaluated it, or name the run: mlflow:runs:/RUN_ID"
    case .noMetrics: "log the metrics of the evaluation to the run"
    case .notReady(_, _, "PENDING_REGISTRATION", _): "wait until it is registered; when it never is, register it again"
    case .notReady: "register the version again, or give the alias to one that is READY"
    case .artifactsElsewhere:
      "upload with that store's own client, or start the server with --artifacts-destination (mlflow-artifacts:)"
    case .refused("TEMPORARILY_UNAVAILABLE", _), .refused("REQUEST_LIMIT_EXCEEDED", _), .refused("INTERNAL_ERROR", _):
      "try again later, and look into the server's log"
    case .refused: "look into the server's log"
    }
  }

  /// Only a model without that alias was looked at and has no baseline.
  var isMissing: Bool {
    if case .missingAlias = self { true } else { false }
  }
}
