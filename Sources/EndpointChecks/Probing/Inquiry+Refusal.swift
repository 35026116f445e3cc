internal import JSON
internal import Transport
internal import Verdict

extension Inquiry {
  /// What it means that the server does not tell of the model: that it has no such model, or that it tells of none.
  ///
  /// A server that is up and speaks the protocol serves something else than was validated, which is a failure. Where
  /// the model is ready, or nothing of the protocol is answered, only the metadata are missing.
  mutating func refusal(of request: RequestPlan, _ transcript: Transcript, _ reply: Reply) async -> Complaint {
    let status = reply.response.status
    let undeclared = Complaint(.undeclared("the server answers \(status)"), in: transcript)
    guard let model = preset.model, status == 404 || status == 400 else { return undeclared }
    // Where every model is asked for in the same place, its absence says nothing of one.
    guard preset.asking(model: ContractCheck.unknownModel)?.signatureRequest != request else { return undeclared }
    let text = preset.errorText(in: reply)
    let served = await servedModels()
    let isDenied = reply.denies(model, in: text, at: request.path)
    if !isDenied {
      if firstInference?.response.map({ (200..<300).contains($0.status) }) == true { return undeclared }
      if let served, served.contains(model), preset.version == nil { return undeclared }
      guard await knowsServerButNotModel() || served != nil else { return undeclared }
    }
    let name = "\"\(model)\"" + (preset.version.map { " in version \($0)" } ?? "")
    let others = served.map { $0.isEmpty ? "; it serves none" : "; it serves \($0.joined(separator: ", "))" } ?? ""
    return Complaint(
      .unknownModel("the server has no model \(name): status \(status)" + (text.map { ", \($0)" } ?? "") + others),
      in: transcript)
  }

  /// The models that the server lists; nil when it lists none.
  private mutating func servedModels() async -> [String]? {
    guard let request = preset.modelsRequest else { return nil }
    let transcript = await send(request)
    guard let reply = reply(of: transcript), reply.response.status == 200, case .success(let document) = reply.document
    else { return nil }
    return preset.models(in: document)?.map { reply.excerpt($0) }
  }

  /// Whether the server says of itself that it is ready, and not of the model. Probes of the model are those that would
  /// be others for another one.
  private mutating func knowsServerButNotModel() async -> Bool {
    let probes = preset.readinessProbes
    let others = preset.asking(model: ContractCheck.unknownModel)?.readinessProbes ?? probes
    var isUp = false
    for (probe, other) in zip(probes, others) {
      guard let response = await send(probe.request).response else { return false }
      let isReady = probe.judge(response) == .ready
      if probe.request != other.request {
        if isReady { return false }
      } else {
        isUp = isUp || isReady
      }
    }
    return isUp
  }
}
