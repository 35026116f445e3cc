internal import JSON
internal import Language
internal import Transport
internal import Verdict

/// What is served is what was validated: the model by its name and version, its inputs and outputs by name and type.
struct ContractCheck: ProbingCheck {
  var options = ProbingOptions()
  let isRetried = true
  var version: Located<String>?
  var inputs: SignatureSource?
  var outputs: SignatureSource?
  /// The columns of a rules file that are inputs; nil for those that the endpoint's rows name, or for any of them.
  var features: Located<[String]>?

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "contract",
    summary: "What the server declares is what was validated: the model's name and version, its inputs and outputs by "
      + "name and type, as a rules file, an MLmodel signature or the config says. A rules file has columns that are no "
      + "features: with features, or rows: {features: …} of the endpoint, an input that is lost fails; without, the finding names the columns that are not served. Where there are rows, the version "
      + "must also be the one that answers. A version that does not exist is refused. A server that is up and has no model of the name fails, and says which it has.",
    why:
      "A pipeline validates one model and serves another: an old version, another export, features by other names. A "
      + "server that answers for any version proves nothing with the right one. Without metadata there is no verdict, "
      + "which is an outcome of its own and not a good one.",
    example: "- contract: {inputs: rules/flights.yaml, features: [carrier, distance], outputs: {probability: FP64}}",
    fix:
      "Compare the served metadata with the signature of the validated model. A server that declares nothing needs its "
      + "metadata configured, or the claims left out.")

  static let bare: Self? = ContractCheck()
  let sendsRows = false

  static var shape: Shape<ContractCheck> {
    let signature = Key<ContractCheck>.each(
      "signature", Shape<String>.name.located, "An MLmodel file: its inputs and outputs are the expected ones."
    ) { path, _, check in
      (check.inputs, check.outputs) = (.file(path), .file(path))
    }
    let shape = Shape<ContractCheck>.object(
      ContractCheck(),
      [
        .optional("version", \.version, Shape<String>.pathSegment.located, "The version that must be served."),
        .optional(
          "inputs", \.inputs, SignatureSource.shape,
          "The expected inputs: a rules file, an MLmodel file, names, or names with types."),
        .optional(
          "outputs", \.outputs, SignatureSource.shape, "The expected outputs: an MLmodel file, names, or types."),
        .optional(
          "features", \.features, Shape<String>.name.list.located,
          "The columns of the rules file that are inputs, so that a lost one fails; those of rows when left out."),
        signature,
      ] + ProbingOptions.keys(\.options)
    ) { check, node, problems in
      guard let features = check.features else { return }
      if check.inputs == nil {
        problems.report(
          "features are columns of the rules file that inputs: names", at: features.location,
          help: ["add inputs: rules/FILE.yaml"])
      } else if features.value.isEmpty {
        problems.report("no feature is named here", at: features.location)
      }
    }
    return shape
  }

  func claims(of preset: any ServingProtocol) -> [ProbingClaim] {
    var claims = [ProbingClaim(name: Claim.model.rawValue)]
    if wantedVersion(of: preset) != nil {
      claims.append(ProbingClaim(name: Claim.version.rawValue, location: version?.location))
    }
    if let inputs { claims.append(ProbingClaim(name: Claim.inputs.rawValue, location: inputs.location)) }
    if let outputs { claims.append(ProbingClaim(name: Claim.outputs.rawValue, location: outputs.location)) }
    if preset.asking(version: Self.unknownVersion)?.signatureRequest != nil {
      claims.append(ProbingClaim(name: Claim.wrongVersion.rawValue))
    }
    return claims
  }

  private enum Claim: String {
    case model, version, inputs, outputs
    case wrongVersion = "wrong-version"
  }

  /// A model and a version that no server has.
  static let unknownModel = "cupel-unknown-model"
  static let unknownVersion = "999999"

  private func wantedVersion(of preset: any ServingProtocol) -> String? { version?.value ?? preset.version }

  func faults(of claim: String) -> [ReplyFault] {
    claim == Claim.wrongVersion.rawValue ? [.status] : [.renamed, .lost]
  }

  func judge(_ inquiry: inout Inquiry) async -> [Judgement] {
    let declared = await inquiry.declaredSignature()
    var judgements: [Judgement] = []
    for claim in claims(of: inquiry.preset) {
      switch Claim(rawValue: claim.name) {
      case .wrongVersion:
        // Who refuses every version proves nothing by refusing one that does not exist.
        if case .success = declared {
          judgements.append(await probeVersion(&inquiry))
        } else {
          judgements.append(.dependent)
        }
      case .version?:
        if case .success(let signature) = declared, signature.versions.isEmpty {
          judgements.append(await askForVersion(&inquiry))
        } else {
          let judgement = judge(.version, declared, inquiry)
          judgements.append(judgement.outcome == .passed ? await confirm(judgement, &inquiry) : judgement)
        }
      case let part?: judgements.append(judge(part, declared, inquiry))
      case nil: break
      }
    }
    return judgements
  }

  private func judge(
    _ claim: Claim, _ declared: Result<ModelSignature, Complaint>, _ inquiry: Inquiry
  ) -> Judgement {
    let signature: ModelSignature
    switch declared {
    case .failure(let complaint):
      // The first claim says why there is no metadata, the others point to it.
      guard claim == .model else { return .dependent }
      return complaint.judgement(wasReached: inquiry.wasReached)
    case .success(let found): signature = found
    }
    do throws(Complaint) {
      switch claim {
      case .model: return judgeName(signature, inquiry.preset)
      case .version: return judgeVersion(signature, inquiry.preset)
      case .inputs:
        guard let inputs else { return .dependent }
        let expected = try selecting(in: inputs.expected(.inputs, inquiry.folders), inquiry.declaration)
        return judge(expected, "input", signature.inputs)
      case .outputs:
        guard let outputs else { return .dependent }
        return judge(try outputs.expected(.outputs, inquiry.folders), "output", signature.outputs)
      case .wrongVersion: return .dependent
      }
    } catch {
      return error.judgement(wasReached: inquiry.wasReached)
    }
  }

  // MARK: - Name and version

  private func judgeName(_ signature: ModelSignature, _ preset: any ServingProtocol) -> Judgement {
    guard let model = preset.model else {
      return Judgement(.passed, "the server declares \(signature.name.map { "the model \($0)" } ?? "a model")")
    }
    let evidence = Evidence(observedText: signature.name ?? "no name", limit: .text(model))
    if signature.name == model { return Judgement(.passed, "the served model is \(model)", evidence: evidence) }
    let name = signature.name.map { "\"\($0)\"" } ?? "missing"
    return Judgement(.failed, "the model's name is \(name), but must be \"\(model)\"", evidence: evidence)
  }

  private func judgeVersion(_ signature: ModelSignature, _ preset: any ServingProtocol) -> Judgement {
    guard let wanted = wantedVersion(of: preset) else { return .dependent }
    let evidence = Evidence(
      observedText: signature.versions.joined(separator: ", "), limit: .text(wanted))
    if signature.versions.contains(wanted) {
      return Judgement(.passed, "version \(wanted) is served", evidence: evidence)
    }
    return Judgement(
      .failed, "version \(wanted) is not among the served ones: \(signature.versions.joined(separator: ", "))",
      evidence: evidence)
  }

  /// The version as those say that answer: some servers declare one and predict with another.
  private func confirm(_ judgement: Judgement, _ inquiry: inout Inquiry) async -> Judgement {
    guard let wanted = wantedVersion(of: inquiry.preset) else { return judgement }
    guard let transcript = await anInference(&inquiry) else {
      return judgement.noting(["no row was asked, so the version is the one that the metadata tell"])
    }
    guard let document = try? inquiry.reply(of: transcript)?.document.get(),
      let answering = document["model_version"].flatMap({ $0.stringValue ?? $0.numberValue?.literal }),
      answering != wanted
    else { return judgement }
    return Judgement(
      .failed, "version \(wanted) is declared, and version \(answering) answers when it is asked about a row",
      evidence: Evidence(observedText: answering, limit: .text(wanted)), decisive: transcript)
  }

  /// An answer about a row: the one that showed that the endpoint is ready, or a new one; nil without rows.
  private func anInference(_ inquiry: inout Inquiry) async -> Transcript? {
    if let first = inquiry.firstInference { return first }
    guard options.rows != nil || inquiry.declaration.rows != nil,
      let features = try? await inquiry.rows(options).features, features.count > 0,
      let answer = try? await inquiry.predict(features.rows([0]), options)
    else { return nil }
    return answer.transcripts.first
  }

  /// Asks for the version by its address where the server lists none, as MLServer does: that it refuses others is a claim
  /// of its own.
  private func askForVersion(_ inquiry: inout Inquiry) async -> Judgement {
    guard let wanted = wantedVersion(of: inquiry.preset),
      let request = inquiry.preset.asking(version: wanted)?.signatureRequest
    else {
      return Judgement(
        .errored, "metadata unavailable: the server tells no versions", reason: .metadataUnavailable
      )
    }
    let transcript = await inquiry.send(request)
    guard let reply = inquiry.reply(of: transcript) else {
      return Complaint(
        transcript.failure.map { .transport($0) } ?? .undeclared("no reply"), in: transcript
      ).judgement(wasReached: inquiry.wasReached)
    }
    let status = reply.response.status
    let evidence = Evidence(observed: Quantity(Double(status)), limit: .text(wanted))
    let words = inquiry.preset.errorText(in: reply).map { ": \($0)" } ?? ""
    var judgement =
      switch status {
      case 200..<300:
        Judgement(
          .passed, "version \(wanted) is answered by its address; the server lists none",
          evidence: evidence)
      case 400..<500:
        Judgement(
          .failed, "version \(wanted) is not served: status \(status)\(words)", evidence: evidence)
      default:
        Judgement(
          .errored,
          "metadata unavailable: the server tells no versions, and answers for version \(wanted) with \(status)\(words)",
          reason: .metadataUnavailable, evidence: evidence)
      }
    judgement.decisive = transcript
    return judgement
  }

  /// Asks for a version that does not exist: whoever answers that one ignores versions.
  private func probeVersion(_ inquiry: inout Inquiry) async -> Judgement {
    guard let request = inquiry.preset.asking(version: Self.unknownVersion)?.signatureRequest else { return .dependent }
    let transcript = await inquiry.send(request)
    var judgement: Judgement
    switch transcript.result {
    case .failure(let error): judgement = Judgement(of: error, wasReached: inquiry.wasReached)
    case .success(let response):
      let evidence = Evidence(observed: Quantity(Double(response.status)), limit: .text("a refusal: 4xx or 501"))
      let isRefusal = (400..<500).contains(response.status) || response.status == 501
      judgement =
        isRefusal
        ? Judgement(.passed, "a version that does not exist is refused with \(response.status)", evidence: evidence)
        : Judgement(
          .failed,
          "the version \(Self.unknownVersion), which does not exist, is answered with \(response.status)"
            + (response.status < 300 ? ", so that no version proves anything" : ""), evidence: evidence)
    }
    judgement.decisive = transcript
    return judgement
  }

  // MARK: - Inputs and outputs

  /// The columns of a rules file that are inputs, as far as anybody says which.
  private func selecting(
    in expected: SignatureSource.Expected, _ declaration: EndpointDeclaration
  ) throws(Complaint) -> SignatureSource.Expected {
    let isNamed = features != nil
    guard let names = features?.value ?? (expected.isSelection ? declaration.rows?.features?.map(\.value) : nil) else {
      return expected
    }
    var selected = expected
    selected.isSelection = false
    selected.tensors = []
    for name in names {
      guard let column = expected.tensors.first(where: { $0.name == name }) else {
        // Features of rows need no rules; those that this check names are to be found.
        guard isNamed else { return expected }
        throw Complaint(.noRows("\(expected.name) has no column \(name), which features: names", .nothingToEvaluate))
      }
      selected.tensors.append(column)
    }
    selected.name = "the features of \(expected.name)"
    return selected
  }

  private func judge(
    _ expected: SignatureSource.Expected, _ what: String, _ served: [ModelSignature.Tensor]
  ) -> Judgement {
    let evidence = Evidence(
      observedText: served.map { "\($0.name) \($0.typeName)" }.joined(separator: ", "),
      limit: .text("the \(what)s of \(expected.name)"))
    guard !served.isEmpty else {
      return Judgement(
        .errored, "metadata unavailable: the server declares no \(what)s", reason: .metadataUnavailable,
        evidence: evidence, location: expected.location)
    }
    let differences = Self.differences(served, expected, what)
    guard let first = differences.first else {
      return Judgement(
        .passed, Self.agreement(served, expected, what), evidence: evidence, location: expected.location)
    }
    var found = evidence
    found.samples = differences.map { Evidence.Sample(key: $0.key, value: $0.value) }
    let more = differences.count > 1 ? " (and \(differences.count - 1) more)" : ""
    return Judgement(
      .failed, "\(first.key) \(first.value)\(more)", evidence: found, location: expected.location)
  }

  /// What is the same, and no more than that: columns that are not served may be features that were lost.
  private static func agreement(
    _ served: [ModelSignature.Tensor], _ expected: SignatureSource.Expected, _ what: String
  ) -> String {
    let all = served.count == 1 ? "the served \(what) is" : "the \(served.count) served \(what)s are"
    guard expected.isSelection else {
      return "\(all) \(served.count == 1 && expected.tensors.count == 1 ? "that" : "those") of \(expected.name)"
    }
    let advice = "features: […] says which of them are, so that a lost one fails"
    let others = expected.tensors.map(\.name).filter { name in !served.contains { $0.name == name } }
    if served.count == 1, let width = served[0].matrixWidth, others.count == expected.tensors.count {
      let columns = "\(expected.tensors.count) columns of \(expected.name)"
      return
        "\(served[0].name) has \(width) features, no more than the \(columns), and their names are not told; \(advice)"
    }
    if others.isEmpty { return "\(all) the columns of \(expected.name)" }
    return "\(all) among the columns of \(expected.name); not served: \(others.joined(separator: ", ")); \(advice)"
  }

  private static func differences(
    _ served: [ModelSignature.Tensor], _ expected: SignatureSource.Expected, _ what: String
  ) -> [(key: String, value: String)] {
    // One tensor of all features has no names to compare: the number of features is what can be told.
    if served.count == 1, let width = served[0].matrixWidth,
      !expected.tensors.contains(where: { $0.name == served[0].name })
    {
      if expected.tensors.count == 1, let wanted = expected.tensors[0].shape {
        return wanted.last == width
          ? [] : [("\(what) \(served[0].name)", "has \(width) features, but must have \(wanted.last ?? 0)")]
      }
      if expected.isSelection ? width <= expected.tensors.count : width == expected.tensors.count { return [] }
      return [
        ("\(what) \(served[0].name)", "has \(width) features, and \(expected.name) has \(expected.tensors.count)")
      ]
    }
    var differences: [(key: String, value: String)] = []
    for tensor in served {
      guard let wanted = expected.tensors.first(where: { $0.name == tensor.name }) else {
        differences.append(("\(what) \(tensor.name)", "is served, and is not in \(expected.name)"))
        continue
      }
      if let (here, there) = tensor.shapesThatDiffer(from: wanted) {
        differences.append(("\(what) \(tensor.name)", "is served with the shape \(here), but must have \(there)"))
        continue
      }
      guard !tensor.typeName.isEmpty, let accepted = TypeName(word: wanted.typeName).accepted else { continue }
      if let datatype = tensor.datatype, accepted.contains(datatype) { continue }
      differences.append(("\(what) \(tensor.name)", "is served as \(tensor.typeName), but must be \(wanted.typeName)"))
    }
    guard !expected.isSelection else { return differences }
    for wanted in expected.tensors where !wanted.isOptional && !served.contains(where: { $0.name == wanted.name }) {
      differences.append(("\(what) \(wanted.name)", "is in \(expected.name), and is not served"))
    }
    return differences
  }
}
