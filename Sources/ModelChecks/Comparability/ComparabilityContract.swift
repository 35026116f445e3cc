internal import Baselines
package import JSON
internal import Language
internal import Verdict

/// What a baseline was accepted for: the rows that it was judged on, and what its metrics mean. Later candidates are
/// compared with it only while both still hold.
///
/// It stands beside the baseline, in a file of its name and ``suffix``, which `cupel accept` writes; in the history it stands
/// beside each number.
///
/// ```json
/// {"cupel_contract": 1, "model": "delay", "accepted_at": 1790000000, "digest": "07…",
///  "evaluation_set": {"rows": 2000, "labels": ["0", "1"], "digest": "9f…"}, "metrics": {"fbeta": "fbeta beta=2"}}
/// ```
package struct ComparabilityContract: Sendable, Hashable {
  /// Behind the path of a baseline.
  package static let suffix = ".contract.json"
  private static let version: Int64 = 1

  package var model: String
  /// Nil where nobody knows the rows: a metrics file says nothing of them.
  package var set: EvaluationSet?
  /// The definitions of metrics by their names, in the order of their names.
  package var metrics: [String: String]
  /// When the baseline was accepted, in seconds since 1970, UTC.
  package var acceptedAt: Int64?
  /// Why it was accepted although the run did not pass.
  package var because: String?
  /// What stands for the content of the baseline's file (``DataDigest``); nil where it was not accepted as a file.
  package var digest: String?

  package init(
    model: String, set: EvaluationSet?, metrics: [String: String], acceptedAt: Int64? = nil, because: String? = nil,
    digest: String? = nil
  ) {
    self.model = model
    self.set = set
    self.metrics = metrics
    self.acceptedAt = acceptedAt
    self.because = because
    self.digest = digest
  }

  /// Why a metric of now cannot be compared with one of then; nil when nothing speaks against it.
  package func mismatch(now: ComparabilityContract, of metric: String? = nil) -> String? {
    if let set, let present = now.set, let difference = set.difference(from: present) {
      return "it was judged on another evaluation set: \(difference)"
    }
    if let metric, let then = metrics[metric], let present = now.metrics[metric], then != present {
      return "its \(metric) was another metric: \(then) instead of \(present)"
    }
    return nil
  }

  /// What to do about a mismatch.
  package static let advice =
    "judge the baseline on the same rows in the same way; or, if the new ones are meant, run `cupel accept --because …`"

  // MARK: - As a file

  package var json: JSONValue {
    var members = [JSONObject.Member("cupel_contract", .number(JSONNumber(Self.version)))]
    if !model.isEmpty { members.append(.init("model", .string(model))) }
    if let acceptedAt { members.append(.init("accepted_at", .number(JSONNumber(acceptedAt)))) }
    if let because { members.append(.init("accepted_because", .string(because))) }
    if let digest { members.append(.init("digest", .string(digest))) }
    if let set { members.append(.init("evaluation_set", set.json)) }
    let definitions = metrics.sorted { $0.key < $1.key }.map { JSONObject.Member($0.key, .string($0.value)) }
    members.append(.init("metrics", .object(JSONObject(definitions))))
    return .object(JSONObject(members))
  }

  /// Nil for what is no contract, or one of a later version.
  package init?(json: JSONValue) {
    guard json["cupel_contract"]?.int64Value == Self.version else { return nil }
    var set: EvaluationSet?
    if let value = json["evaluation_set"] {
      guard let found = EvaluationSet(json: value) else { return nil }
      set = found
    }
    var metrics: [String: String] = [:]
    for member in json["metrics"]?.objectValue?.members ?? [] { metrics[member.key] = member.value.stringValue }
    self.init(
      model: json["model"]?.stringValue ?? "", set: set, metrics: metrics,
      acceptedAt: json["accepted_at"]?.int64Value, because: json["accepted_because"]?.stringValue,
      digest: json["digest"]?.stringValue)
  }

  package init?(_ bytes: [UInt8]) {
    guard let json = try? JSONParser.parse(bytes) else { return nil }
    self.init(json: json)
  }
}

extension ComparabilityContract {
  /// What speaks against a file that is not the one that was accepted: somebody wrote over it, and what the contract
  /// says is not about it. In a repository or on a server the contract is as old as the file.
  private func failure(of baseline: BaselineReference, in folder: String) -> SideFailure? {
    guard let digest, case .file(let path) = baseline else { return nil }
    var found = DataDigest()
    found.add(wholeFile: BaselineReference.resolve(path, in: folder))
    guard found.description != digest else { return nil }
    return SideFailure(
      reason: .baseline,
      message: "\(baseline.name) is not the file that was accepted: \(path)\(Self.suffix) is of another content",
      advice: "accept the baseline by `cupel accept`; or delete the contract if others write this file",
      isMissing: false)
  }

  /// The contract beside a baseline; nil where there is none.
  static func load(
    beside baseline: Located<BaselineReference>, _ context: RunContext
  ) async -> Result<ComparabilityContract?, SideFailure> {
    guard let reference = baseline.value.beside(suffix) else { return .success(nil) }
    let folder = PredictionTable.resolve(Located("", at: baseline.location), context).path
    do throws(BaselineError) {
      let content = try await reference.fetch(in: folder, environment: context.environment)
      guard let contract = ComparabilityContract(content.bytes) else {
        return .failure(
          SideFailure(
            reason: .baseline, message: "\(reference.name) is no contract of a baseline that this Cupel reads",
            advice: "run `cupel accept`, which writes it anew", isMissing: false))
      }
      if let failure = contract.failure(of: baseline.value, in: folder) { return .failure(failure) }
      return .success(contract)
    } catch {
      return error.isMissing ? .success(nil) : .failure(SideFailure(error, of: reference.name, .baseline))
    }
  }
}
