internal import Language
internal import Metrics
internal import Planning
internal import Scan
internal import Statistics
package import Verdict

extension ModelSubject {
  /// Gates that cannot see the regression that they forbid, as far as the config tells without the rows.
  package var warnings: [Diagnostic] {
    guard declaration.isByPredictions else { return [] }
    return declaration.gates.flatMap { entry in
      entry.claims.compactMap { claim in
        guard case .change(let gate) = claim, let confidence = entry.confidence?.value else { return nil }
        return warning(of: entry, gate, confidence)
      }
    }
  }

  /// The same, and gates for which the candidate's predictions have too few rows. Where there are none it says nothing.
  package func warnings(in context: RunContext) async -> [Diagnostic] {
    guard let rows = await candidateRows(in: context) else { return warnings }
    let ofRows = declaration.gates.flatMap { entry in
      entry.claims.compactMap { claim -> Diagnostic? in
        guard case .change(let gate) = claim, let confidence = entry.confidence?.value else { return nil }
        return warning(of: entry, gate, confidence, rows: rows)
      }
    }
    let certain = warnings + ofRows
    let places = Set(certain.compactMap(\.location))
    return certain + (await warningsByVariance(in: context)).filter { $0.location.map { !places.contains($0) } ?? true }
  }

  /// Gates of which more rows are needed than if both models agreed on all of them: how much they vary is seen in the rows.
  /// Each gate is told once, by all rows before its slices.
  private func warningsByVariance(in context: RunContext) async -> [Diagnostic] {
    let checks = modelChecks.filter { $0.fairness == nil && $0.entry.confidence != nil && $0.margin != nil }
      .filter { $0.slice?.discovery == nil }
    guard !checks.isEmpty else { return [] }
    let powers = Dictionary(
      await power(Blindness.power, in: context).map { ($0.id, $0.power) }, uniquingKeysWith: { first, _ in first })
    var blind = checks.map { check in powers[check.planned.id].flatMap { $0 }.flatMap { Blindness($0, check.slice) } }
    // Without a baseline, or an interval of the difference, what the candidate alone varies is what there is.
    let unpaired = checks.indices.filter {
      checks[$0].slice == nil && powers[checks[$0].planned.id].flatMap { $0 } == nil
    }
    if !unpaired.isEmpty {
      let levels = await self.levels(in: context)
      for index in unpaired where !isShare(checks[index].entry) {
        let check = checks[index]
        blind[index] = levels.first { $0.metric == check.title && $0.slice == nil }.flatMap { level in
          check.margin.flatMap { Blindness(level, $0, check) }
        }
      }
    }
    var told: Set<SourceLocation> = []
    return zip(checks, blind).compactMap { check, blindness in
      let place = check.claim.gate.location
      return blindness.flatMap { told.insert(place).inserted ? $0.warning(at: place) : nil }
    }
  }

  private func candidateRows(in context: RunContext) async -> Int? {
    let declaration = declaration.findingRuns(in: context.workingDirectory)
    guard declaration.isByPredictions, declaration.gates.contains(where: { $0.confidence != nil }),
      let path = declaration.candidate.predictions,
      case .success(let found) = await PredictionSource.find(path, role: .candidate, dated: false, context: context),
      found.table.canBeReadAgain
    else { return nil }
    var scan = NativeScan(found.table, ScanResources(threads: context.threads, memory: context.memory))
    var plan = Plan()
    let count = plan.require(RowCount.Specification())
    return (try? await scan.compute(plan)).map { $0[count].rows }
  }

  /// Even where the models agree on all of them, so many rows cannot tell a share.
  private func warning(of entry: GateEntry, _ gate: any ChangeGate, _ confidence: Double, rows: Int) -> Diagnostic? {
    // A part of a share is no more than that part of 1.
    guard let margin = gate.margin.relative ?? gate.margin.absolute, margin > 0, rows > 0, isShare(entry),
      gate.allowedBenefit(margin).contains(0),
      let needed = try? ComparisonPlan(discordant: 1).fewest(margin: margin, confidence: confidence), needed > rows
    else { return nil }
    return Diagnostic(
      "the \(Quantity(Double(rows), .rows)) of the predictions cannot show of equally good models that one is "
        + "\(gate.limit)",
      at: gate.location, label: "models that agree on all rows need \(Quantity.grouped(needed))",
      help: ["judge \(Quantity.grouped(needed)) rows at least, or allow more: cupel model power tells what they find"])
  }

  private func warning(of entry: GateEntry, _ gate: any ChangeGate, _ confidence: Double) -> Diagnostic? {
    let margin = gate.margin
    if gate.allowedBenefit(0).contains(0), margin.absolute ?? 0 == 0, margin.relative ?? 0 == 0 {
      return Diagnostic(
        "with a margin of 0 a candidate that is as good as the baseline is hardly ever decided", at: gate.location,
        label: "it must be better", help: ["allow the regression that nobody would notice"])
    }
    // The rows of a condition are judged however few they are.
    let isPooled = declaration.slices.contains { slice in
      entry.slices?.includes(slice) ?? false && slice.columns.contains { $0.condition == nil }
    }
    guard isPooled, let absolute = margin.absolute, absolute > 0, isShare(entry),
      gate.allowedBenefit(absolute).contains(0),
      let needed = try? ComparisonPlan(discordant: 1).fewest(margin: absolute, confidence: confidence)
    else { return nil }
    let fewest = declaration.minRows?.value ?? 100
    guard needed > fewest else { return nil }
    return Diagnostic(
      "slices of \(Quantity.grouped(fewest)) rows cannot show of equally good models that one is \(gate.limit)",
      at: gate.location, label: "models that agree on all rows need \(Quantity.grouped(needed))",
      help: ["write min_rows: \(needed), or a wider margin for the slices in a gate of their own"])
  }

  private func isShare(_ entry: GateEntry) -> Bool {
    guard let task = declaration.predictions.task?.value, let reference = entry.reference,
      let page = try? task.metric(reference).page
    else { return false }
    return page.range == 0...1
  }
}
