internal import Language
internal import Verdict

/// A probing check in a plan, with the checks that report its claims.
struct Probing: Sendable {
  var check: any ProbingCheck
  /// One for each claim, in their order.
  var planned: [PlannedCheck]
  /// The names of the captured values that the endpoint's headers need by then.
  var inherited: Set<String> = []

  /// - Parameters:
  ///   - subject: the endpoint's name.
  ///   - location: where the entry is written.
  init(
    _ check: any ProbingCheck, of subject: String, _ preset: any ServingProtocol, at location: SourceLocation
  ) {
    self.check = check
    let kind = type(of: check).documentation.kind
    planned = check.claims(of: preset).map { claim in
      let id = check.options.id?.value
      return PlannedCheck(
        id: CheckID(
          suite: .endpoints, subject: subject, column: claim.name == kind ? id : id ?? kind, check: claim.name),
        kind: kind, severity: check.options.severity, location: claim.location ?? location)
    }
  }

  /// The findings of the selected claims: what the check made of them, and what the inquiry knows besides.
  func findings(
    _ judgements: [Judgement], after inquiry: Inquiry, _ circumstances: Exchange.Circumstances, of selection: Selection
  ) -> [Finding] {
    let failed = zip(planned, judgements).filter { $0.1.outcome == .failed }.map { $0.0.id }
    let selected = zip(planned, judgements).filter { selection.includes($0.0.id) }
    let carrier = selected.first { !$0.1.isDependent && $0.1.outcome != .passed }?.0.id
    return selected.map { planned, judgement in
      var judgement = judgement
      if judgement.isDependent {
        if let carrier { return planned.skipped(because: carrier) }
        // The claim that says why was not selected, so this one does.
        judgement = judgements.first { !$0.isDependent } ?? judgement
      } else if judgement.outcome == .passed, inquiry.attempts == 0 {
        judgement = Judgement(.errored, "nothing was asked, so nothing is known", reason: .nothingToEvaluate)
      }
      var finding = finding(planned, judgement, inquiry, circumstances)
      if finding.reason == .dependency { finding.dependsOn = failed }
      return finding
    }
  }

  /// How many offending places a finding shows.
  private static let maximumSamples = 10

  private func finding(
    _ planned: PlannedCheck, _ judgement: Judgement, _ inquiry: Inquiry, _ circumstances: Exchange.Circumstances
  ) -> Finding {
    var judgement = judgement
    if judgement.outcome != .passed, let exit = circumstances.exit {
      judgement.message = "the process \(exit) instead of answering. \(judgement.message)"
      (judgement.outcome, judgement.reason) = (.failed, nil)
    }
    let decisive = judgement.decisive ?? inquiry.last
    var evidence = judgement.evidence
    let hidden = evidence.samples.count - Self.maximumSamples
    evidence.samples = Array(evidence.samples.prefix(Self.maximumSamples))
    if hidden > 0 { evidence.notes.append("… and \(hidden) more") }
    evidence.notes.append(inquiry.summary)
    if judgement.outcome != .passed {
      evidence.notes += decisive?.notes(circumstances.secrets) ?? []
      evidence.notes += circumstances.processNotes
    }
    var finding = planned.finding(
      judgement.outcome, judgement.message, reason: judgement.reason, evidence: evidence,
      location: judgement.location, duration: inquiry.elapsed)
    if judgement.onlyWarns { finding.severity = .warn }
    finding.reproduce = decisive?.command(circumstances.secrets)
    return finding
  }
}
