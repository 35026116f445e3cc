/// A run or a registered model of an MLflow tracking server, as MLflow's own URIs name them.
///
/// ```yaml
/// baseline: {metrics: "mlflow:models:/delay@champion"}
/// baseline: {metrics: "mlflow:models:/delay/3"}
/// baseline: {metrics: "mlflow:runs:/27af50fff40444edba9d31a3ca1de645"}
/// baseline: {metrics: "mlflow:https://mlflow.example.org#models:/delay@champion"}
/// ```
///
/// The server is that of `MLFLOW_TRACKING_URI` unless the reference names one before a `#`.
package struct MLflowReference: Sendable, Hashable, CustomStringConvertible {
  package enum Target: Sendable, Hashable {
    case run(String)
    case version(model: String, version: String)
    case alias(model: String, alias: String)
  }

  package let target: Target
  /// The address of the server; nil for that of the environment.
  package let server: String?

  package init(_ target: Target, server: String? = nil) {
    self.target = target
    self.server = server
  }

  /// Whether it names a registered model rather than a run.
  package var namesModel: Bool {
    if case .run = target { false } else { true }
  }

  /// `^[\w\-]+$`, at most 255 characters, as MLflow wants an alias.
  package static func isAlias(_ text: String) -> Bool { text[...].isWord }

  /// Reads what follows `mlflow:`.
  init(_ text: Substring) throws(BaselineError) {
    let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 {
      server = try WebReference.checked(String(parts[0]))
      guard !parts[0].contains("?") else { throw .malformed("the address of an MLflow server has no query") }
    } else {
      server = nil
    }
    target = try Self.target(parts[parts.count - 1])
  }

  private static func target(_ text: Substring) throws(BaselineError) -> Target {
    if text.hasPrefix("runs:/") {
      let run = text.dropFirst(6)
      guard run.isWord else { throw .malformed("a run is mlflow:runs:/RUN_ID, without a path behind it") }
      return .run(String(run))
    }
    guard text.hasPrefix("models:/") else {
      throw .malformed(
        "an MLflow reference is mlflow:runs:/RUN_ID, mlflow:models:/NAME@ALIAS or mlflow:models:/NAME/VERSION")
    }
    let model = text.dropFirst(8)
    if let at = model.lastIndex(of: "@") {
      let (name, alias) = (model[..<at], model[model.index(after: at)...])
      guard name.isModelName else { throw .malformed("the model's name in models:/NAME@ALIAS is empty or holds \"/\"") }
      guard alias.isWord else { throw .malformed("an alias consists of letters, digits, \"_\" and \"-\"") }
      return .alias(model: String(name), alias: String(alias))
    }
    let slash = model.lastIndex(of: "/") ?? model.startIndex
    let (name, version) = (model[..<slash], model[slash...].dropFirst())
    guard name.isModelName, !version.isEmpty else {
      throw .malformed("a registered model is models:/NAME@ALIAS or models:/NAME/VERSION")
    }
    guard version.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw .malformed("the version in models:/NAME/VERSION is a number: a stage or \"latest\" is not reproducible")
    }
    return .version(model: String(name), version: String(version))
  }

  /// The reference as the config writes it.
  package var description: String {
    let target =
      switch target {
      case .run(let run): "runs:/\(run)"
      case .version(let model, let version): "models:/\(model)/\(version)"
      case .alias(let model, let alias): "models:/\(model)@\(alias)"
      }
    return "mlflow:" + (server.map { $0 + "#" } ?? "") + target
  }
}

extension Substring {
  /// `^[\w\-]+$`, at most 255 characters: what MLflow allows in an alias, and what its run ids are made of.
  fileprivate var isWord: Bool {
    (1...255).contains(count)
      && unicodeScalars.allSatisfy {
        $0 == "-" || $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
  }

  fileprivate var isModelName: Bool { !isEmpty && !contains("/") && !contains(":") }
}
