internal import Language
internal import Verdict

/// The same row has the same answer: alone and in a batch, in any order, again, and beside others.
struct ConsistencyCheck: ProbingCheck {
  var options = ProbingOptions()
  /// Those that are named; nil for all that the protocol leaves.
  var aspects: Located<[Aspect]>?
  var tolerances = OutputTolerances()
  var sample = 32
  var repeats = 3
  var concurrent = 8

  /// What must not change an answer. Each is a claim of its own.
  enum Aspect: String, Sendable, CaseIterable {
    /// One row a request, or all in one.
    case batch
    /// The rows the other way round.
    case order
    /// The same request again: asking changes nothing.
    case `repeat`
    /// Many requests at once: nobody gets the answer of another.
    case concurrent

    var words: String {
      switch self {
      case .batch: "in a batch"
      case .order: "in another order"
      case .repeat: "again"
      case .concurrent: "beside others"
      }
    }

    /// Whether several rows stand in one request.
    var needsBatches: Bool { self == .batch || self == .order }

    /// Whether it cannot be judged from rows that all have the same answer.
    var needsDifferentAnswers: Bool { self == .order || self == .concurrent }
  }

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "consistency",
    summary:
      "The same row has the same answer within the tolerance: alone and in a batch, in another order, asked again, and "
      + "asked beside others. Each is a check of its own: batch, order, repeat, concurrent.",
    why:
      "Servers that batch requests hand answers to the wrong caller, normalise over the batch, or keep a state between "
      + "requests. One request at a time never shows it.",
    example: "- consistency: {rows: data/golden.parquet, concurrent: 16}",
    fix:
      "A row that got the answer of another row: the server's batching mixes callers. Small differences in a batch: give a "
      + "tolerance. Other answers again: a model that draws random numbers, or that learns from requests.")

  static let bare: Self? = ConsistencyCheck()

  static var shape: Shape<ConsistencyCheck> {
    Shape<ConsistencyCheck>.object(
      ConsistencyCheck(),
      [
        .optional(
          "aspects", \.aspects, Shape<Aspect>.choice.list.located, "Which of batch, order, repeat and concurrent; all."),
        .key(
          "tolerance", \.tolerances, OutputTolerances.shape, "How far numbers may be off, for all outputs or for each."),
        .key("sample", \.sample, .integer(in: 2...10_000), "How many rows are asked about; 32."),
        .key("repeats", \.repeats, .integer(in: 1...1000), "How often the same is asked again; 3."),
        .key("concurrent", \.concurrent, .integer(in: 2...256), "How many requests are sent at once; 8."),
      ] + ProbingOptions.keys(\.options)
    ) { check, node, problems in
      if let named = check.aspects?.value, named.isEmpty || Set(named).count < named.count {
        problems.report(
          "name each aspect once, and at least one", at: node[key: "aspects"]?.keyLocation ?? node.location)
      }
    }
  }

  /// Without batches there is none to be in, and no order.
  private func aspects(with preset: any ServingProtocol) -> [Aspect] {
    (aspects?.value ?? Aspect.allCases).filter { preset.rowsPerRequest != 1 || !$0.needsBatches }
  }

  func claims(of preset: any ServingProtocol) -> [ProbingClaim] {
    aspects(with: preset).map { ProbingClaim(name: $0.rawValue) }
  }

  func misfit(with preset: any ServingProtocol, named name: String) -> Misfit? {
    guard preset.rowsPerRequest == 1, let aspects, let lost = aspects.value.first(where: \.needsBatches) else {
      return .varying(preset)
    }
    return Misfit(
      "the protocol \(name) sends one row a request, so there is no \(lost.rawValue) to be consistent with",
      at: aspects.location)
  }

  func faults(of claim: String) -> [ReplyFault] {
    claim == Aspect.repeat.rawValue || claim == Aspect.concurrent.rawValue ? [.movedLater] : [.moved]
  }

  func judge(_ inquiry: inout Inquiry) async -> [Judgement] {
    let asked: Inquiry.AskedRows
    let rows: FeatureRows
    let alone: OutputTable
    do throws(Complaint) {
      asked = try await inquiry.rows(options)
      rows = try await chosen(asked.features, &inquiry)
      alone = try await inquiry.singly(rows, options).comparable()
      try tolerances.validate(comparing: alone.names, of: alone)
    } catch {
      return all(error.judgement(wasReached: inquiry.wasReached), of: inquiry.preset)
    }
    let first = alone.rows(repeatElement(0, count: alone.count))
    let isConstant = OutputDifferences(first, expected: alone, tolerances).differing.isEmpty
    var judgements: [Judgement] = []
    for aspect in aspects(with: inquiry.preset) {
      if aspect.needsDifferentAnswers, isConstant {
        judgements.append(blind(rows.count, areMadeUp: asked.areMadeUp))
        continue
      }
      judgements.append(await judge(aspect, rows, alone, &inquiry))
    }
    let lost = aspects == nil && inquiry.preset.rowsPerRequest == 1
    let remark = lost ? ["not judged: batch and order, since the protocol sends one row a request"] : []
    return judgements.map { $0.noting(asked.remarks + remark) }
  }

  /// Rows with one answer show no swap. Nobody chose rows that were made up, so that those are no fault.
  private func blind(_ count: Int, areMadeUp: Bool) -> Judgement {
    Judgement(
      areMadeUp ? .skipped : .errored,
      "all \(Quantity(Double(count), .rows)) have the same answer within the tolerance, so swapped answers would not show",
      reason: .nothingToEvaluate, evidence: Evidence(notes: ["give rows that the model tells apart"]))
  }

  /// The rows to ask about: of all that there are, those first whose answers differ from each other.
  private func chosen(_ all: FeatureRows, _ inquiry: inout Inquiry) async throws(Complaint) -> FeatureRows {
    guard all.count > 1 else {
      throw Complaint(.noRows("one row cannot be compared with others: give more rows", .nothingToEvaluate))
    }
    guard all.count > sample else { return all }
    let answers = try OutputTable(try await inquiry.predict(all, options).predictions)
    var seen: Set<String> = []
    var (different, others): ([Int], [Int]) = ([], [])
    for row in 0..<all.count {
      let answer = answers.outputs.map { OutputDifferences.text($0.rows[row]) }.joined(separator: "|")
      if seen.insert(answer).inserted { different.append(row) } else { others.append(row) }
    }
    return all.rows((different + others).prefix(sample))
  }

  // MARK: - Aspects

  private func judge(
    _ aspect: Aspect, _ rows: FeatureRows, _ alone: OutputTable, _ inquiry: inout Inquiry
  ) async -> Judgement {
    do throws(Complaint) {
      var compared = 0
      for round in try await rounds(aspect, rows, &inquiry) {
        compared += rows.count
        let differences = OutputDifferences(round, expected: alone, tolerances)
        guard let worst = differences.worst.first else { continue }
        var judgement = failure(aspect, differences, worst, found: round, alone)
        // Alone the row has the right answer, so that only the whole request shows what is wrong.
        judgement.decisive =
          aspect == .batch || aspect == .order ? inquiry.last : await inquiry.again(rows, worst.row, options)
        return judgement
      }
      let answers = compared == 1 ? "1 answer" : "\(Quantity.grouped(compared)) answers"
      return Judgement(
        .passed, "\(answers) \(aspect.words) are those that the rows have alone",
        evidence: Evidence(
          observed: Quantity(0, .rows), limit: .atMost(Quantity(0, .rows)),
          counts: Evidence.Counts(rows: compared, nulls: 0, evaluated: compared, violating: 0),
          notes: ["compared \(tolerances)"]))
    } catch {
      return error.judgement(wasReached: inquiry.wasReached)
    }
  }

  /// The answers about the same rows in their order, however they were asked.
  private func rounds(
    _ aspect: Aspect, _ rows: FeatureRows, _ inquiry: inout Inquiry
  ) async throws(Complaint) -> [OutputTable] {
    switch aspect {
    case .batch:
      return [try OutputTable(try await inquiry.predict(rows, options).predictions)]
    case .order:
      let reversed = (0..<rows.count).reversed()
      let answer = try await inquiry.predict(rows.rows(reversed), options)
      return [try OutputTable(answer.predictions).rows(reversed)]
    case .repeat:
      var rounds: [OutputTable] = []
      for _ in 0..<repeats { rounds.append(try await inquiry.singly(rows, options)) }
      return rounds
    case .concurrent:
      // At least as many requests as are sent at once, so that there are others beside each of them.
      var rounds: [OutputTable] = []
      for _ in 0..<max(2, (2 * concurrent + rows.count - 1) / rows.count) {
        rounds.append(try await inquiry.singly(rows, options, concurrently: concurrent))
      }
      return rounds
    }
  }

  private func failure(
    _ aspect: Aspect, _ differences: OutputDifferences, _ worst: OutputDifferences.Difference, found: OutputTable,
    _ alone: OutputTable
  ) -> Judgement {
    let count = "\(Quantity.grouped(differences.differing.count)) of \(Quantity(Double(differences.compared), .rows))"
    let swapped = differences.differing.lazy.compactMap { difference in
      owner(of: difference.row, found, alone).map { (difference.row, $0) }
    }.first
    let words =
      if let swapped {
        "row \(swapped.0 + 1) got the answer of row \(swapped.1 + 1)"
      } else {
        "the worst: row \(worst.row + 1) \(worst.output) is \(worst.found), alone \(worst.expected)"
      }
    return Judgement(
      .failed, "\(count) \(differences.differing.count == 1 ? "has" : "have") another answer \(aspect.words); \(words)",
      evidence: Evidence(
        observed: Quantity(Double(differences.differing.count), .rows), limit: .atMost(Quantity(0, .rows)),
        counts: differences.counts, samples: differences.samples { "row \($0 + 1)" },
        notes: ["compared \(tolerances)"] + differences.notes))
  }

  /// The other row whose answer this row got; nil when its answer is nobody's.
  private func owner(of row: Int, _ found: OutputTable, _ alone: OutputTable) -> Int? {
    (0..<alone.count).first { other in
      other != row
        && OutputDifferences(found.rows([row]), expected: alone.rows([other]), tolerances).differing.isEmpty
        && !OutputDifferences(alone.rows([row]), expected: alone.rows([other]), tolerances).differing.isEmpty
    }
  }
}
