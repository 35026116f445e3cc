internal import JSON
internal import Language
internal import Transport
internal import Verdict

/// The metadata of the model names it and declares the inputs and outputs that callers use.
struct MetadataExpectation: Expectation {
  var model: String
  var version: String?
  var inputs: [Located<String>] = []
  var outputs: [Located<String>] = []
  var location: SourceLocation?

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "metadata",
    summary: "The model's metadata has its name, and declares the inputs and outputs that are listed.",
    why: "The signature is what clients are generated from. A model that was exported with other feature names answers "
      + "every request and understands none. A server without metadata gives no verdict, not a good one.",
    example: "- metadata: {inputs: [dep_delay, carrier], outputs: [probability]}",
    fix: "Compare the served signature with the one of the validated model. A server that declares nothing needs its "
      + "metadata configured, or the check left out.")

  var name: String { "metadata" }

  func judge(_ reply: Reply) -> Judgement {
    let status = reply.response.status
    let evidence = Evidence(observed: Quantity(Double(status)), limit: .text("metadata of \(model)"))
    if status >= 500, status != 501 {
      return Judgement(.failed, "the metadata request was answered with \(status)", evidence: evidence)
    }
    if let text = try? reply.document.get()["error"]?.stringValue, reply.denies(model, in: text, at: "/models/\(model)")
    {
      return Judgement(
        .failed, "the server has no model \"\(model)\": status \(status), \(reply.excerpt(text))", evidence: evidence)
    }
    guard status == 200 else {
      return Judgement(
        .errored, "metadata unavailable: the server answers \(status)", reason: .metadataUnavailable, evidence: evidence
      )
    }
    switch reply.document {
    case .failure(let problem): return Judgement(.failed, problem.message, evidence: evidence)
    case .success(let document): return judge(document, reply)
    }
  }

  private func judge(_ document: JSONValue, _ reply: Reply) -> Judgement {
    let served = (inputs: Self.names(document["inputs"]), outputs: Self.names(document["outputs"]))
    let wanted = (inputs + outputs).map(\.value).joined(separator: ", ")
    let evidence = Evidence(
      observedText: reply.excerpt(
        "inputs \(served.inputs.joined(separator: ", ")); outputs \(served.outputs.joined(separator: ", "))",
        length: 400),
      limit: .text(wanted.isEmpty ? "model \(model)" : "model \(model) with \(wanted)"))
    if let error = document["error"], error.isComplaint {
      return Judgement(
        .failed, "the metadata have a status of success and say: \(reply.excerpt(error))", evidence: evidence)
    }
    for names in [served.inputs, served.outputs] where Set(names).count < names.count {
      let shown = reply.excerpt(names.joined(separator: ", "))
      return Judgement(.failed, "the metadata declare a name twice: \(shown)", evidence: evidence)
    }
    guard document["name"] == .string(model) else {
      let name = document["name"].map { reply.excerpt($0) } ?? "missing"
      return Judgement(.failed, "the model's name is \(name), but must be \"\(model)\"", evidence: evidence)
    }
    if let version, let versions = document["versions"]?.arrayValue, !versions.isEmpty,
      !versions.contains(.string(version))
    {
      return Judgement(
        .failed, "version \(version) is not among the served ones: \(reply.excerpt(.array(versions)))",
        evidence: evidence)
    }
    if !(inputs + outputs).isEmpty, served.inputs.isEmpty, served.outputs.isEmpty {
      return Judgement(
        .errored, "metadata unavailable: the server declares no inputs and no outputs", reason: .metadataUnavailable,
        evidence: evidence)
    }
    let missing =
      inputs.filter { !served.inputs.contains($0.value) }.map { ("input", $0) }
      + outputs.filter { !served.outputs.contains($0.value) }.map { ("output", $0) }
    guard let first = missing.first else {
      return Judgement(
        .passed, wanted.isEmpty ? "the metadata is of \(model)" : "the metadata declares \(wanted)", evidence: evidence)
    }
    let names = missing.map { "\($0.0) \($0.1.value)" }.joined(separator: ", ")
    return Judgement(
      .failed, "not in the metadata: \(names)", evidence: evidence, location: first.1.location)
  }

  private static func names(_ tensors: JSONValue?) -> [String] {
    (tensors?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
  }
}

extension Reason {
  /// The server has no metadata to judge.
  static let metadataUnavailable = Reason(rawValue: "metadata-unavailable")
}
