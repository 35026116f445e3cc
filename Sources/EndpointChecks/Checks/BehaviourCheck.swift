internal import JSON
internal import Language
internal import Verdict

/// The answers react to changed rows as they should: they stay, or move in a known direction, or are known themselves.
struct BehaviourCheck: ProbingCheck {
  var options = ProbingOptions()
  let isRetried = true
  var perturb: [(name: Located<String>, value: Perturbation)] = []
  var reaction: Reaction = .same
  var output: Located<String>?
  var element = 0
  var tolerances = OutputTolerances()
  var allow: Located<Quantity>?
  private var location: SourceLocation?

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "behaviour",
    summary:
      "When a feature of a row is changed, the answer stays the same, or moves in the direction that is known; without a "
      + "change, the answer is a known one. Rows to which the change does not apply are not counted.",
    why:
      "A model can be right on the average and still decide by the spelling of a name, or let a later departure lower the "
      + "risk of a delay. Invariance, direction and minimum functionality are what a person would try first.",
    example: "- behaviour:\n    id: later-is-riskier\n    rows: data/golden.parquet\n"
      + "    perturb: {dep_delay: {add: 60}}\n    expect: increases\n    output: probability",
    fix:
      "Send the worst row of the finding before and after the change. A wrong direction points to a feature of the wrong "
      + "sign or unit; a changed answer to a feature that the model should not see.")

  static var shape: Shape<BehaviourCheck> {
    Shape<BehaviourCheck>.object(
      BehaviourCheck(),
      [
        .key(
          "perturb", \.perturb, Perturbation.shape.dictionary,
          "The change of each feature: {dep_delay: {add: 60}}, {carrier: {swap: [AA, UA]}}, {text: {typo: 1}}."),
        .key(
          "expect", \.reaction, Reaction.shape,
          "same, increases, decreases, does_not_increase, does_not_decrease, or values of outputs."),
        .optional("output", \.output, Shape<String>.name.located, "The output that moves; the only one when left out."),
        .key("element", \.element, .integer(in: 0...1_000_000), "Which element of the output moves, from 0."),
        .key(
          "tolerance", \.tolerances, OutputTolerances.shape, "How far numbers may be off, for all outputs or for each."),
        .optional(
          "allow", \.allow, Shape<Quantity>.tolerance.located, "How many rows may behave otherwise: 1%, 3 rows; none."),
      ] + ProbingOptions.keys(\.options), check: validate
    ).map { check, node, _ in
      var check = check
      check.location = node[key: "expect"]?.keyLocation ?? node.location
      return check
    }
  }

  private static func validate(_ check: BehaviourCheck, _ node: Node, _ problems: inout Problems) {
    problems.reportLimitOfAll(check.allow)
    if check.perturb.isEmpty, check.reaction.comparesWithBefore {
      problems.report(
        "nothing is changed, so the answer has nothing to react to", at: node.location,
        help: ["add perturb: {FEATURE: {add: 1}}, or expect values: expect: {OUTPUT: {at_least: 0.9}}"])
    }
  }

  /// One row that was asked about.
  private enum Verdict {
    case holds
    case fails(String, size: Double)
  }

  func misfit(with preset: any ServingProtocol, named name: String) -> Misfit? { .varying(preset) }

  func faults(of claim: String) -> [ReplyFault] { [.moved, .allMoved] }

  func judge(_ inquiry: inout Inquiry) async -> [Judgement] {
    do throws(Complaint) {
      let asked = try await inquiry.rows(options)
      let rows = asked.features
      let (changed, places) = try changed(rows)
      guard !places.isEmpty else {
        return [
          Judgement(
            .errored, "the change applies to none of \(Quantity(Double(rows.count), .rows)), so nothing was tested",
            reason: .nothingToEvaluate, evidence: evidence(rows.count, 0, []), location: location)
        ]
      }
      try AllowedRows(allow).refuseAll(of: places.count)
      let before = try reaction.comparesWithBefore ? await table(rows.rows(places), &inquiry) : nil
      let after = try await table(changed, &inquiry)
      try tolerances.validate(comparing: output.map { [$0.value] } ?? after.names, of: after)
      var failures: [(row: Int, place: Int, text: String, size: Double)] = []
      for row in 0..<after.count {
        guard case .fails(let text, let size) = try verdict(row, before, after) else { continue }
        failures.append((row, places[row], text, size))
      }
      failures.sort { $0.size > $1.size || $0.size == $1.size && $0.row < $1.row }
      var judgement = judge(failures.map { ($0.place, $0.text) }, of: rows.count, applied: places.count)
      if let worst = failures.first { judgement.decisive = await inquiry.again(changed, worst.row, options) }
      return [judgement.noting(asked.remarks)]
    } catch {
      return all(error.judgement(wasReached: inquiry.wasReached), of: inquiry.preset)
    }
  }

  private func table(_ rows: FeatureRows, _ inquiry: inout Inquiry) async throws(Complaint) -> OutputTable {
    try OutputTable(try await inquiry.predict(rows, options).predictions).comparable()
  }

  /// The rows to which every change applies, changed, and where they stand among all.
  private func changed(_ rows: FeatureRows) throws(Complaint) -> (rows: FeatureRows, places: [Int]) {
    guard !perturb.isEmpty else { return (rows, Array(0..<rows.count)) }
    var values: [[JSONValue?]] = []
    for (name, perturbation) in perturb {
      guard let column = rows[name.value] else {
        throw Complaint(.noRows("the rows have no feature \(name.value), which perturb: changes", .nothingToEvaluate))
      }
      values.append(column.values.enumerated().map { perturbation.apply($1, $0) })
    }
    let places = (0..<rows.count).filter { row in values.allSatisfy { $0[row] != nil } }
    var changed = rows.rows(places)
    for ((name, _), values) in zip(perturb, values) {
      changed = changed.replacing(name.value, with: places.compactMap { values[$0] })
    }
    return (changed, places)
  }

  // MARK: - Verdicts

  private func verdict(_ row: Int, _ before: OutputTable?, _ after: OutputTable) throws(Complaint) -> Verdict {
    switch reaction {
    case .values(let wanted): return try verdict(row, wanted, after)
    case .same:
      guard let before else { return .holds }
      let names = output.map { [$0.value] } ?? before.names
      let expected = try before.rows([row]).selecting(names)
      let differences = OutputDifferences(after.rows([row]), expected: expected, tolerances)
      guard let worst = differences.worst.first else { return .holds }
      return .fails("\(worst.output) went from \(worst.expected) to \(worst.found)", size: worst.size)
    case .increases, .decreases, .notIncreases, .notDecreases:
      guard let before else { return .holds }
      let name = try movingOutput(after)
      let (old, new) = (try value(before, name, row), try value(after, name, row))
      let margin = tolerances.tolerance(of: name, nil).absolute ?? 0
      if reaction.holds(before: old, after: new, margin) == true { return .holds }
      let size = abs((new.doubleValue ?? .infinity) - (old.doubleValue ?? 0))
      return .fails("\(name) went from \(old) to \(new)", size: size)
    }
  }

  private func verdict(
    _ row: Int, _ wanted: [(output: Located<String>, wanted: Reaction.Wanted)], _ after: OutputTable
  ) throws(Complaint) -> Verdict {
    for (output, wanted) in wanted {
      let found = try value(after, output.value, row)
      let holds: Bool
      switch wanted {
      case .value(let value):
        func table(_ value: JSONValue) -> OutputTable {
          OutputTable([(output.value, .init(name: output.value, values: [value]))], count: 1)
        }
        // A list is the whole row, anything else the element.
        let own = value.arrayValue == nil ? table(found) : after.rows([row])
        holds = OutputDifferences(own, expected: table(value), tolerances).differing.isEmpty
      case .limits(let limits):
        holds = found.doubleValue.flatMap { limits.bound?.contains($0) } ?? false
      }
      if !holds { return .fails("\(output.value) is \(found)", size: 0) }
    }
    return .holds
  }

  private func movingOutput(_ table: OutputTable) throws(Complaint) -> String {
    if let output { return output.value }
    guard table.names.count == 1 else {
      throw Complaint(
        .unusable(
          "the reply has the outputs \(table.names.joined(separator: ", ")): say which one moves, as output: NAME"))
    }
    return table.names[0]
  }

  private func value(_ table: OutputTable, _ name: String, _ row: Int) throws(Complaint) -> JSONValue {
    guard let output = table[name] else {
      throw Complaint(.unusable("the reply has no output \(name), only \(table.names.joined(separator: ", "))"))
    }
    guard output.rows[row].indices.contains(element) else {
      throw Complaint(
        .unusable("the output \(name) has \(output.rows[row].count) elements a row, and no element \(element)"))
    }
    return output.rows[row][element]
  }

  private func judge(_ failures: [(row: Int, text: String)], of rows: Int, applied: Int) -> Judgement {
    let evidence = evidence(rows, applied, failures)
    guard let worst = failures.first else {
      return Judgement(
        .passed, "\(Quantity(Double(applied), .rows)) behave as expected: \(reaction.words)", evidence: evidence)
    }
    let count = Quantity.grouped(failures.count)
    return Judgement(
      AllowedRows(allow).contain(failures.count, of: applied) ? .passed : .failed,
      "\(count) of \(Quantity(Double(applied), .rows)) \(failures.count == 1 ? "behaves" : "behave") otherwise than "
        + "expected (\(reaction.words)); the worst: row \(worst.row + 1) \(worst.text)",
      evidence: evidence, location: allow?.location ?? location)
  }

  private func evidence(_ rows: Int, _ applied: Int, _ failures: [(row: Int, text: String)]) -> Evidence {
    let changes = perturb.map { "\($0.name.value): \($0.value.words)" }.joined(separator: ", ")
    var notes = changes.isEmpty ? [] : ["changed \(changes)"]
    if applied < rows {
      notes.append("\(Quantity(Double(rows - applied), .rows)) left out, to which the change does not apply")
    }
    return Evidence(
      observed: Quantity(Double(failures.count), .rows), limit: .atMost(AllowedRows(allow).quantity),
      counts: Evidence.Counts(rows: rows, nulls: rows - applied, evaluated: applied, violating: failures.count),
      samples: failures.prefix(10).map { Evidence.Sample(key: "row \($0.row + 1)", value: $0.text) }, notes: notes)
  }
}
