internal import JSON

/// What the report of a run says of it, as far as writing back depends on it.
enum ReportedRun {
  /// It ended with exit code 0; so many model gates passed in it.
  case passed(modelGates: Int)
  /// Why it did not pass.
  case failed(String)
  /// No report that can be read back.
  case unknown

  /// Reads a JSON report of ours; of a JUnit report, also another tool's, only whether something failed in it.
  init(_ bytes: [UInt8]) {
    // No text can hold a bare tag: it would be escaped.
    let text = String(decoding: bytes, as: UTF8.self)
    if text.contains("<testsuite"), let tag = ["<failure", "<error"].first(where: text.contains) {
      self = .failed("it holds \(tag)>")
      return
    }
    guard let report = try? JSONParser.parse(bytes), report["schema_version"] != nil,
      let code = report["exit_code"]?.int64Value
    else {
      self = .unknown
      return
    }
    guard code == 0 else {
      self = .failed(report["exit_reason"]?.stringValue ?? "exit code \(code)")
      return
    }
    // The gates that were left out may have failed.
    if let selection = report["selection"]?.arrayValue, !selection.isEmpty {
      self = .failed("it is of a part of the checks (\(selection.compactMap(\.stringValue).joined(separator: ", ")))")
      return
    }
    self = .passed(modelGates: report["checks"]?.arrayValue?.count(where: Self.isPassedGate) ?? 0)
  }

  /// That predictions can be read is no gate, and what a self-test found is about the gates and not about the model.
  private static func isPassedGate(_ check: JSONValue) -> Bool {
    check["suite"]?.stringValue == "models" && check["outcome"]?.stringValue == "passed"
      && check["kind"]?.stringValue != "predictions" && check["id"]?.stringValue?.hasPrefix("models.") == true
  }
}
