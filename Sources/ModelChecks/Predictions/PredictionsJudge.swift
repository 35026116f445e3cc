internal import Language
internal import Metrics
internal import Statistics
internal import Verdict

/// Judges the gates of a model by the rows of both sides: of all rows, and slice by slice.
struct PredictionsJudge<Rows: PredictedRows>: Sendable {
  let declaration: ModelDeclaration
  let checks: [ModelCheck]
  let candidate: Rows
  let baseline: ComparedRows<Rows>
  /// What the rows cost by the metrics that the config makes.
  let losses: ModelLosses
  let clusters: Clusters?
  /// The same rows by further training runs.
  var repeats = TrainingRepeats<Rows>()
  /// By what the checks call them.
  let slicings: [String: Result<Slicing, Obstacle>]
  /// What decides the gates that compare groups.
  var fairness: [CheckID: Result<GateMeasure, Obstacle>] = [:]
  let threads: Int
  /// Whether every metric is moved beyond its limit, to see that the gate fails.
  var isSelfTest = false
  /// How often an equal candidate ought to pass, where findings are to note the training runs for it and nothing else.
  var power: Double?

  private typealias Measured = Result<GateMeasure, Obstacle>

  /// Some rows, and the checks that judge them.
  private struct Part: Sendable {
    var slicing: String?
    var slice: Int
    /// All of them for nil.
    var rows: [Int]?
    var checks: [ModelCheck]
  }

  /// The findings of the selected checks, in their order.
  func findings(_ selection: Selection) async -> [Finding] {
    // What is decided together is measured together, whatever was asked for.
    let families = Set(checks.filter { $0.slice != nil && selection.includes($0.planned.id) }.map(\.gate))
    let whole = checks.filter { $0.slice == nil && (selection.includes($0.planned.id) || $0.isOfFamily) }
    let sliced = checks.filter { $0.slice != nil && families.contains($0.gate) }
    let measured = await measure(whole, sliced)
    guard !Task.isCancelled else { return [] }
    let overall = holm(whole, measured)
    let slices = benjaminiHochberg(sliced, measured)
    return checks.filter { selection.includes($0.planned.id) }.compactMap {
      overall[$0.planned.id] ?? slices[$0.planned.id]
    }
  }

  /// The metrics of the selected checks, of all rows and of every slice, whatever the bounds say.
  func levels(_ selection: Selection) async -> [MetricLevel] {
    let selected = checks.filter { selection.includes($0.planned.id) }
    let measured = await measure(selected.filter { $0.slice == nil }, selected.filter { $0.slice != nil })
    return selected.flatMap { check -> [MetricLevel] in
      func level(_ slice: String?, _ place: Int) -> MetricLevel? {
        measured[Place(check: check.planned.id, slice: place)].flatMap { MetricLevel(check, slice, $0) }
      }
      guard check.slice != nil else { return [level(nil, 0)].compactMap { $0 } }
      return slices(of: check).enumerated().compactMap { level($1.name, $0) }
    }
  }

  private func measure(_ whole: [ModelCheck], _ sliced: [ModelCheck]) async -> [Place: Measured] {
    let own = whole.filter { $0.fairness == nil }
    var measured = await measure(parts(own, sliced), doubts(of: own + sliced))
    for (check, result) in fairness {
      measured[Place(check: check, slice: 0)] = result.map { isSelfTest ? $0.beyondLimit ?? $0 : $0 }
    }
    return measured
  }

  private func parts(_ whole: [ModelCheck], _ sliced: [ModelCheck]) -> [Part] {
    var parts = [Part(slice: 0, checks: whole)]
    var known: Set<String> = []
    for name in sliced.map(\.slicing) where known.insert(name).inserted {
      let own = sliced.filter { $0.slicing == name }
      guard case .success(let slicing)? = slicings[name] else { continue }
      for (index, slice) in slicing.slices.enumerated() {
        parts.append(Part(slicing: name, slice: index, rows: slice.rows, checks: own))
      }
    }
    return parts
  }

  // MARK: - Measuring

  private struct Place: Hashable {
    var check: CheckID
    var slice: Int
  }

  /// Parts are measured side by side; the results do not depend on it.
  private func measure(_ parts: [Part], _ doubts: [CheckID: Obstacle]) async -> [Place: Measured] {
    var found: [Place: Measured] = [:]
    await withTaskGroup(of: [(Place, Measured)].self) { group in
      var waiting = parts[...]
      for part in waiting.prefix(threads) { group.addTask { measure(part, doubts) } }
      waiting = waiting.dropFirst(threads)
      for await results in group {
        for (place, result) in results { found[place] = result }
        if let part = waiting.popFirst(), !Task.isCancelled { group.addTask { measure(part, doubts) } }
      }
    }
    return found
  }

  private func measure(_ part: Part, _ doubts: [CheckID: Obstacle]) -> [(Place, Measured)] {
    var measurer = MetricMeasurer(
      candidate: part.rows.map { candidate.rows(at: $0) } ?? candidate,
      baseline: part.rows.map { rows in baseline.rows.map { $0.rows(at: rows) } } ?? baseline.rows,
      losses: part.rows.map { losses.rows(at: $0) } ?? losses,
      clusters: part.rows.map { rows in clusters?.elements(at: rows) } ?? clusters,
      repeats: part.rows.map { repeats.rows(at: $0) } ?? repeats)
    measurer.recorded = baseline.recorded
    return part.checks.map { check in
      let place = Place(check: check.planned.id, slice: part.slice)
      do throws(Obstacle) {
        try baseline.require(for: check, declaration.baseline)
        if let doubt = doubts[check.planned.id] { throw doubt }
        let measure = try measurer.measure(check)
        return (place, .success(isSelfTest ? measure.beyondLimit ?? measure : measure))
      } catch {
        return (place, .failure(error))
      }
    }
  }

  /// What about the scores of all rows keeps checks from being told.
  private func doubts(of checks: [ModelCheck]) -> [CheckID: Obstacle] {
    let mine = candidate.doubts(declaration, declaration.candidate)
    let theirs = declaration.baseline.flatMap { baseline.rows?.doubts(declaration, $0) }
    var doubts: [CheckID: Obstacle] = [:]
    for check in checks {
      guard let reference = check.entry.reference else { continue }
      doubts[check.planned.id] =
        mine.obstacle(to: reference) ?? (check.needsBaseline ? theirs?.obstacle(to: reference) : nil)
    }
    return doubts
  }

  // MARK: - Families

  /// The blocking gates of all rows are one family: any of them fails as rarely by chance as one alone would.
  private func holm(_ whole: [ModelCheck], _ measured: [Place: Measured]) -> [CheckID: Finding] {
    let results = whole.map { measured[Place(check: $0.planned.id, slice: 0)] }
    let tails = zip(whole, results).map { check, result in check.isOfFamily ? result?.tail : nil }
    let (adjusted, members) = (Holm.adjust(tails), tails.count { $0 != nil })
    var findings: [CheckID: Finding] = [:]
    for (index, check) in whole.enumerated() {
      guard let result = results[index] else { continue }
      findings[check.planned.id] = finding(
        of: check, result, adjusted: members > 1 ? adjusted[index] : nil, "Holm over \(members) gates")
    }
    return findings
  }

  /// The slices of a gate, by whatever they are made, are one family that is looked through for the worst.
  private func benjaminiHochberg(_ sliced: [ModelCheck], _ measured: [Place: Measured]) -> [CheckID: Finding] {
    var findings: [CheckID: Finding] = [:]
    for gate in Set(sliced.map(\.gate)) {
      let own = sliced.filter { $0.gate == gate }
      let places = own.flatMap { check in
        slices(of: check).indices.map { (check: check, place: Place(check: check.planned.id, slice: $0)) }
      }
      let tails = places.map { measured[$0.place]?.tail }
      let (adjusted, members) = (BenjaminiHochberg.adjust(tails), tails.count { $0 != nil })
      for check in own {
        guard case .success(let slicing)? = slicings[check.slicing] else {
          if case .failure(let obstacle)? = slicings[check.slicing] {
            findings[check.planned.id] = obstacle.finding(for: check)
          }
          continue
        }
        let parts = places.enumerated().filter { $0.element.check.planned.id == check.planned.id }
          .compactMap { index, entry -> SlicedFinding.Part? in
            guard let result = measured[entry.place] else { return nil }
            let finding = finding(
              of: check, result, adjusted: members > 1 ? adjusted[index] : nil,
              "Benjamini-Hochberg over \(members) slices")
            return SlicedFinding.Part(
              slice: slicing.slices[entry.place.slice], finding: finding, shortfall: result.shortfall)
          }
        findings[check.planned.id] = SlicedFinding(check: check, slicing: slicing, parts: parts).finding
      }
    }
    return findings
  }

  private func slices(of check: ModelCheck) -> [Slicing.Slice] {
    if case .success(let slicing)? = slicings[check.slicing] { slicing.slices } else { [] }
  }

  private func finding(of check: ModelCheck, _ result: Measured, adjusted: Probability?, _ family: String) -> Finding {
    switch result {
    case .success(let measure):
      var finding = measure.finding(
        adjusted: adjusted, family: adjusted == nil ? nil : family, pairing: pairing(check))
      if let power { finding.evidence.notes = measure.trainings(power: power).map { [$0] } ?? [] }
      return finding
    case .failure(let obstacle): return obstacle.finding(for: check)
    }
  }

  private func pairing(_ check: ModelCheck) -> String? {
    let groups = declaration.grouping.map { "rows grouped by \($0.value)" }
    guard check.needsBaseline else { return groups }
    let ids = declaration.predictions.id.map(\.value).joined(separator: ", ")
    let paired = declaration.sharesFile ? "paired by row" : ids.isEmpty ? "paired by row order" : "paired by \(ids)"
    return [paired, groups].compactMap { $0 }.joined(separator: ", ")
  }
}

extension Result<GateMeasure, Obstacle> {
  fileprivate var shortfall: Double { if case .success(let measure) = self { measure.shortfall } else { 0 } }

  fileprivate var tail: Probability? { if case .success(let measure) = self { measure.tail } else { nil } }
}

extension ModelCheck {
  /// Whether it is one of the claims about the population of which each blocks.
  fileprivate var isOfFamily: Bool { slice == nil && entry.confidence != nil && planned.severity == .block }

  /// The gate that it is, whatever its rows.
  fileprivate var gate: CheckID {
    var id = planned.id
    id.check = entry.id?.value ?? claim.kind
    return id
  }
}
