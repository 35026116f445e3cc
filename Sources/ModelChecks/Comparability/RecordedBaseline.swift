internal import JSON
internal import Language
internal import Verdict

/// What accepted runs left of a model in the history: the baseline that `metrics: history` means.
///
/// It is the number of the last accepted run; with a ratchet it is the best number that so many accepted runs in a row
/// reached, so that it becomes better with the model and never worse. A run that was accepted with a reason, whatever its
/// verdict, starts anew.
struct RecordedBaseline: Sendable {
  let history: HistoryAccess
  /// The model's identity: `models.delay`.
  let subject: String
  let ratchet: Int?
  let age: BaselineAge?
  let policy: WhenMissing
  let declaration: ModelDeclaration
  /// On what the candidate is judged.
  let contract: ComparabilityContract

  init(_ declaration: ModelDeclaration, _ contract: ComparabilityContract, _ context: RunContext) {
    history = context.history
    subject = CheckID(suite: .models, subject: contract.model, check: "").subjectScope
    ratchet = declaration.baseline?.ratchet?.value
    age = declaration.baseline?.maxAge.map { BaselineAge(limit: $0.value, now: context.now) }
    policy = declaration.baseline?.whenMissing ?? .absoluteOnly
    self.declaration = declaration
    self.contract = contract
  }

  /// A number to compare with, and where it comes from.
  struct Number: Sendable {
    var value: Double
    var note: String
  }

  /// - Parameter candidate: the candidate's metric, which is said and kept although nothing is compared.
  func number(for check: ModelCheck, candidate: Double) throws(Obstacle) -> Number {
    let definition = MetricDefinition(check, of: declaration)
    let points: [MetricHistory.Point]
    switch history {
    case .unwanted:
      throw Obstacle(
        outcome: .skipped, reason: .requested, message: "not compared: no history is wanted", observed: candidate)
    case .unreadable(let message, let advice):
      throw Obstacle(reason: .baseline, message: "\(message); \(advice)")
    case .known(let history): points = history[check.planned.id, definition.name, ofSubject: subject]
    }
    guard let last = points.last else { throw missing(definition, candidate) }
    if let json = try? JSONParser.parse(Array(last.basis.utf8)), let then = ComparabilityContract(json: json),
      let mismatch = then.mismatch(now: contract, of: definition.name)
    {
      throw Obstacle(
        reason: .baseline,
        message:
          "the last accepted \(definition.name) cannot be compared: \(mismatch); \(ComparabilityContract.advice)",
        observed: candidate)
    }
    if let failure = age?.failure(of: "the last accepted \(definition.name)", madeAt: last.time) {
      throw Obstacle(reason: failure.reason, message: "\(failure.message); \(failure.advice)", observed: candidate)
    }
    guard let ratchet else {
      let reason = last.isFresh ? ", which was accepted with a reason" : ""
      return Number(
        value: last.value, note: "the baseline is that of the last of \(points.count) accepted runs\(reason)")
    }
    let alike = points.reversed().prefix { $0.basis == last.basis }.reversed()
    let comparable = alike.suffix(from: alike.lastIndex(where: \.isFresh) ?? alike.startIndex).map(\.value)
    let value = Self.ratcheted(comparable, after: ratchet, check.direction ?? .higher)
    return Number(
      value: value,
      note: "the baseline is what \(ratchet) accepted runs in a row reached, of \(comparable.count); the last had "
        + Quantity.brief(last.value))
  }

  /// The first number, until so many in a row are all better: then the worst of those.
  static func ratcheted(_ values: [Double], after count: Int, _ direction: MetricDirection) -> Double {
    func worse(_ a: Double, _ b: Double) -> Double { direction == .higher ? min(a, b) : max(a, b) }
    guard var held = values.first else { return .nan }
    for end in values.indices where end + 1 >= count {
      let reached = values[(end + 1 - count)...end].reduce(values[end], worse)
      if worse(held, reached) == held { held = reached }
    }
    return held
  }

  private func missing(_ definition: MetricDefinition, _ candidate: Double) -> Obstacle {
    let words = "no accepted run left its \(definition.name) in the history yet"
    guard policy != .error else {
      return Obstacle(
        reason: .baseline, message: "\(words); the first run that passes does, or choose when_missing: absolute-only",
        observed: candidate)
    }
    return Obstacle(
      outcome: .skipped, reason: .requested,
      message: "not compared: \(words); it is \(Quantity.brief(candidate))", observed: candidate)
  }
}

extension [Finding] {
  /// The findings with the numbers that the history keeps of them.
  func recording(_ checks: [ModelCheck], of declaration: ModelDeclaration, _ contract: ComparabilityContract)
    -> [Finding]
  {
    let checks = Dictionary(checks.filter { $0.slice == nil }.map { ($0.planned.id, $0) }) { first, _ in first }
    return map { finding in
      guard let check = checks[finding.id], let observed = finding.evidence.observed else { return finding }
      let definition = MetricDefinition(check, of: declaration)
      let basis = ComparabilityContract(
        model: "", set: contract.set, metrics: [definition.name: definition.description])
      var finding = finding
      finding.metrics = [
        Metric(
          definition.name, observed.value, count: finding.evidence.counts?.evaluated ?? contract.set?.rows ?? 0,
          basis: JSONWriter.compact.string(basis.json))
      ]
      return finding
    }
  }
}
