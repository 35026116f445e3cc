internal import JSON
internal import Language
internal import Transport
internal import Verdict

/// The endpoint says of the same rows what somebody else says: an offline prediction file, another endpoint, or the endpoint
/// itself asked in another encoding.
struct ParityCheck: ProbingCheck {
  var options = ProbingOptions()
  let isRetried = true
  var peer: ParityPeer?
  private var isPeerNamedTwice = false
  var tolerances: OutputTolerances?
  var allow: Located<Quantity>?
  var threshold: Double?
  var output: Located<String>?
  var flips: Located<Quantity>?
  var shift: Located<Quantity>?
  var confidence: Located<Quantity>?
  var slices: [Located<String>] = []

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "parity",
    summary:
      "The endpoint says of the same rows what an offline prediction file says, or another endpoint, or the endpoint itself "
      + "in other encodings: row by row within the tolerance, or over all rows by the share of flipped classes and the mean "
      + "shift of a score, each with an interval when there is a confidence. Slices of "
      + "fewer than 30 rows are judged together; one that the interval does not decide warns.",
    why:
      "The features that were computed offline and those that a server computes drift apart without an error. A canary that "
      + "answers fast and well may still decide differently. Clients that send FP32 or rows by name get other answers from "
      + "some servers.",
    example: "- parity:\n    rows: data/golden.parquet\n    endpoint: {url: 'http://127.0.0.1:8081'}\n"
      + "    flips: {at_most: 1%}\n    shift: {at_most: 0.01}\n    confidence: 95%\n    slices: [carrier]",
    fix:
      "Send the worst row of the finding to both. Compare the features that each side computes, their order and their "
      + "precision, before comparing models.")

  static var shape: Shape<ParityCheck> {
    let atMostShare = atMost(Shape<Quantity>.share)
    let atMostNumber = atMost(Shape<Quantity>.plain)
    return Shape<ParityCheck>.object(
      ParityCheck(),
      [
        peerKey("predictions", ParityPeer.OfflinePredictions.shape, "A file of offline predictions, joined by a key.") {
          .predictions($0)
        },
        peerKey(
          "endpoint", ParityPeer.OtherEndpoint.shape, "Another endpoint: a shadow, a canary, the one that serves now."
        ) {
          .endpoint($0)
        },
        peerKey("encodings", RowEncoding.shape.located.list, "Ways to write the same rows: [flat, nested, FP32].") {
          .encodings($0)
        },
        .optional("tolerance", \.tolerances, OutputTolerances.shape, "How far numbers may be off in each row."),
        .optional("allow", \.allow, Shape<Quantity>.tolerance.located, "How many rows may differ: 0.1%, 3 rows; none."),
        .optional(
          "threshold", \.threshold, .number,
          "The score from which on a row is of the class; 0.5 for scores between 0 and 1."),
        .optional(
          "output", \.output, Shape<String>.name.located, "The output that is the score; the only one when left out."),
        .optional("flips", \.flips, atMostShare, "The largest share of rows with another class: {at_most: 1%}."),
        .optional("shift", \.shift, atMostNumber, "The largest mean difference of the score: {at_most: 0.01}."),
        .optional(
          "confidence", \.confidence, Shape<Quantity>.share.located,
          "Makes flips and shift claims about rows to come: 95%."),
        .key(
          "slices", \.slices, Shape<String>.name.located.list, "Columns of which each value keeps flips and shift, too."
        ),
      ] + ProbingOptions.keys(\.options), check: validate)
  }

  private static func atMost(_ amount: Shape<Quantity>) -> Shape<Located<Quantity>> {
    struct Limit { var atMost: Located<Quantity>? }
    return Shape<Limit>.object(
      Limit(), [.key("at_most", \.atMost, amount.located.optional, "The largest amount, inclusive.", required: true)]
    ).map { limit, node, problems in
      if let atMost = limit.atMost, atMost.value.value < 0 {
        problems.report("no amount is below nothing", at: atMost.location)
      }
      return limit.atMost
    }
  }

  private static func peerKey<Value>(
    _ name: String, _ shape: Shape<Value>, _ documentation: String, make: @escaping (Value) -> ParityPeer
  ) -> Key<ParityCheck> {
    .each(name, shape, documentation) { value, _, check in
      check.isPeerNamedTwice = check.peer != nil
      check.peer = make(value)
    }
  }

  private static func validate(_ check: ParityCheck, _ node: Node, _ problems: inout Problems) {
    if check.peer == nil || check.isPeerNamedTwice {
      problems.report(
        check.peer == nil ? "nothing is named to compare with" : "one entry compares with one thing",
        at: node.location, help: ["write one of predictions: {…}, endpoint: {…} or encodings: […]"])
    }
    problems.reportLimitOfAll(check.allow)
    problems.reportLimitOfAll(check.flips)
    if case .encodings(let encodings)? = check.peer {
      if encodings.count < 2 {
        problems.report("one encoding has nothing to be compared with", at: node.location)
      }
      for key in ["flips", "shift", "slices", "confidence"] {
        if let place = node[key: key] {
          problems.report("the encodings of one endpoint are compared row by row", at: place.keyLocation)
        }
      }
    }
    if let confidence = check.confidence {
      if !(0.5..<1).contains(confidence.value.value) {
        problems.report("a confidence lies between 50% and 100%", at: confidence.location)
      }
      if check.flips == nil, check.shift == nil {
        problems.report("a confidence needs flips or shift to be about", at: confidence.location)
      }
    }
    if !check.slices.isEmpty, check.flips == nil, check.shift == nil {
      problems.report("slices need flips or shift to be judged by", at: check.slices[0].location)
    }
  }

  private var other: ParityPeer.OtherEndpoint? {
    if case .endpoint(let other)? = peer { other } else { nil }
  }
  var headers: [HTTPHeaders.Field] { other?.headers ?? [] }
  var references: [CaptureReference] { other?.references ?? [] }
  var authentication: Authentication? { other?.authentication }

  var encodings: [Located<RowEncoding>] {
    var all = [options.encoding].compactMap { $0 }
    if case .encodings(let others)? = peer { all += others }
    return all
  }

  /// Rows are compared one by one unless only the whole is limited.
  private var comparesRows: Bool { flips == nil && shift == nil || tolerances != nil || allow != nil }

  func claims(of preset: any ServingProtocol) -> [ProbingClaim] {
    var claims: [ProbingClaim] = []
    if comparesRows { claims.append(ProbingClaim(name: Self.kind)) }
    if let flips { claims.append(ProbingClaim(name: "flips", location: flips.location)) }
    if let shift { claims.append(ProbingClaim(name: "shift", location: shift.location)) }
    return claims
  }

  // MARK: - Asking

  /// The same rows, as two sides see them.
  private struct Sides {
    var here: OutputTable
    var there: OutputTable
    /// What the other side is called.
    var name: String
    var rows: Inquiry.AskedRows
    /// Where the side that is here was asked, and how the rows were written.
    var answer: Inquiry.Answer
    var encoding: RowEncoding
    /// Whether both sides were sent the same bytes, so that they show nothing of an encoding.
    var isSameQuestion = false
  }

  func misfit(with preset: any ServingProtocol, named name: String) -> Misfit? { .varying(preset) }

  func faults(of claim: String) -> [ReplyFault] { [.moved, .allMoved] }

  func judge(_ inquiry: inout Inquiry) async -> [Judgement] {
    do throws(Complaint) {
      let (sides, worstFirst) = try await sides(&inquiry)
      var judgements: [Judgement] = []
      if comparesRows { judgements.append(try await judgeRows(worstFirst, &inquiry)) }
      if let flips {
        let limit = ParityLimit(limit: flips, confidence: confidence?.value.value)
        judgements.append(judgement { () throws(Complaint) in try judgeFlips(sides, limit) })
      }
      if let shift {
        let limit = ParityLimit(limit: shift, confidence: confidence?.value.value)
        judgements.append(judgement { () throws(Complaint) in try judgeShift(sides, limit) })
      }
      return judgements.map { $0.noting(sides.rows.remarks) }
    } catch {
      return all(error.judgement(wasReached: inquiry.wasReached), of: inquiry.preset)
    }
  }

  /// What cannot be told of one claim says nothing of the others.
  private func judgement(_ judge: () throws(Complaint) -> Judgement) -> Judgement {
    do throws(Complaint) { return try judge() } catch { return error.judgement(wasReached: true) }
  }

  var otherColumns: [String] {
    var others = slices.map(\.value)
    if case .predictions(let offline)? = peer {
      others += offline.expectation.columns + [offline.key?.value].compactMap { $0 }
    }
    return others
  }

  /// The sides to compare: the first pair, and all pairs when there are more encodings than two.
  private func sides(_ inquiry: inout Inquiry) async throws(Complaint) -> (first: Sides, all: [Sides]) {
    let rows = try await inquiry.rows(options, atMost: RowsDeclaration.wholeLimit, leavingOut: otherColumns)
    switch peer {
    case .predictions(let offline)?:
      let answer = try await inquiry.predict(rows.features, options)
      let here = try OutputTable(answer.predictions)
      let there = try offline.table(for: rows.columns, beside: here, inquiry.folders)
      let sides = Sides(
        here: here, there: there, name: offline.file?.value ?? "", rows: rows, answer: answer,
        encoding: inquiry.encoding(options))
      return (sides, [sides])
    case .endpoint(let other)?:
      let own = try await inquiry.predict(rows.features, options)
      let here = try OutputTable(own.predictions).comparable()
      let declaration = other.declaration(beside: inquiry.declaration)
      guard let url = other.url?.value else {
        throw Complaint(.noRows("the other endpoint has no address", .nothingToEvaluate))
      }
      var beside = inquiry.beside(declaration, at: url)
      let answer: Inquiry.Answer
      do throws(Complaint) {
        answer = try await beside.predict(rows.features, options)
      } catch {
        // The fault of the other side is none of this endpoint's: nothing could be compared.
        throw Complaint(
          .noRows("the other endpoint gives no predictions: \(error.judgement(wasReached: false).message)", .transport),
          in: error.transcript)
      }
      let there: OutputTable
      do throws(Complaint) {
        there = try OutputTable(answer.predictions).comparable()
      } catch {
        throw Complaint(
          .noRows("the other endpoint: \(error.judgement(wasReached: false).message)", .nothingToEvaluate),
          in: answer.transcripts.first)
      }
      let sides = Sides(
        here: here, there: there, name: "the other endpoint", rows: rows, answer: own,
        encoding: inquiry.encoding(options))
      return (sides, [sides])
    case .encodings(let encodings)?:
      var (tables, answers): ([OutputTable], [Inquiry.Answer]) = ([], [])
      for encoding in encodings {
        answers.append(try await inquiry.predict(rows.features, as: encoding.value))
        tables.append(try OutputTable(answers[answers.count - 1].predictions).comparable())
      }
      let all = encodings.indices.dropFirst().map { index in
        let encoding = encodings[index].value
        return Sides(
          here: tables[index], there: tables[0], name: "\(encodings[0].value) (as \(encoding))",
          rows: rows,
          answer: answers[index], encoding: encoding,
          isSameQuestion: answers[..<index].contains { $0.asksTheSame(as: answers[index]) })
      }
      return (all[0], all)
    case nil:
      throw Complaint(.noRows("nothing is named to compare with", .nothingToEvaluate))
    }
  }

  // MARK: - Judging

  private func judgeRows(_ all: [Sides], _ inquiry: inout Inquiry) async throws(Complaint) -> Judgement {
    let tolerances = tolerances ?? OutputTolerances()
    var notes: [String] = []
    var counts: Evidence.Counts?
    for sides in all {
      try tolerances.validate(comparing: sides.there.names, of: sides.here)
      guard let absent = sides.there.names.first(where: { sides.here[$0] == nil }) else {
        let differences = OutputDifferences(sides.here, expected: sides.there, tolerances, threshold: threshold)
        let evidence = Evidence(
          observed: Quantity(Double(differences.differing.count), .rows),
          limit: .atMost(AllowedRows(allow).quantity), counts: differences.counts,
          samples: differences.samples { "row \($0 + 1)" },
          notes: ["compared \(tolerances) with \(sides.name)"] + differences.notes)
        guard !differences.isVacuous else {
          return Judgement(
            .errored, "\(sides.name) says nothing of any row, so nothing was compared", reason: .nothingToEvaluate,
            evidence: evidence)
        }
        try AllowedRows(allow).refuseAll(of: differences.compared)
        guard differences.isWithin(AllowedRows(allow)) else {
          return await failure(differences, sides, evidence, &inquiry)
        }
        notes += evidence.notes
        if sides.isSameQuestion { notes.append("\(sides.encoding) writes the same request as another encoding here") }
        counts = differences.counts
        continue
      }
      return Judgement(.failed, "\(sides.name) has the output \(absent), and this endpoint has not")
    }
    let different = all.filter { !$0.isSameQuestion }
    guard !different.isEmpty else {
      throw Complaint(
        .noRows("the encodings write one and the same request, so nothing was compared", .nothingToEvaluate))
    }
    let names = different.map(\.name).joined(separator: ", ")
    return Judgement(
      .passed, "\(all[0].rows.words(Quantity(Double(counts?.evaluated ?? 0), .rows))) agree with \(names)",
      evidence: Evidence(
        observed: Quantity(Double(counts?.violating ?? 0), .rows), limit: .atMost(AllowedRows(allow).quantity),
        counts: counts, notes: notes))
  }

  private func failure(
    _ differences: OutputDifferences, _ sides: Sides, _ evidence: Evidence, _ inquiry: inout Inquiry
  ) async -> Judgement {
    let worst = differences.worst[0]
    let flips = differences.flips.isEmpty ? "" : ", \(Quantity.grouped(differences.flips.count)) with another class"
    var judgement = Judgement(
      .failed,
      "\(Quantity.grouped(differences.differing.count)) of "
        + "\(sides.rows.words(Quantity(Double(differences.compared), .rows))) "
        + "\(differences.differing.count == 1 ? "differs" : "differ") from \(sides.name)\(flips); the worst: row "
        + "\(worst.row + 1) \(worst.output) is \(worst.found), there \(worst.expected)",
      evidence: evidence, location: allow?.location)
    let shown = await inquiry.showing(
      worst.row, of: sides.rows.features, in: sides.answer, as: sides.encoding,
      expected: sides.there,
      tolerances ?? OutputTolerances())
    judgement.decisive = shown.transcript
    judgement.evidence.notes += [shown.remark].compactMap { $0 }
    return judgement
  }

  private func judgeFlips(_ sides: Sides, _ limit: ParityLimit) throws(Complaint) -> Judgement {
    let differences = OutputDifferences(sides.here, expected: sides.there, tolerances ?? .init(), threshold: threshold)
    guard !differences.classes.isEmpty else { throw Complaint(.undecided(Self.noClass)) }
    if let output = differences.oneSided, let threshold {
      throw Complaint(
        .noRows(
          "\(output) of every row lies on one side of the threshold \(Quantity.brief(threshold)), here and there, so no "
            + "flip could be seen", .nothingToEvaluate))
    }
    let flipped = Set(differences.flips)
    return try ParityJudgement(limit: limit, unit: .share, what: "rows with another class than \(sides.name)").judge(
      all: Array(0..<sides.here.count), slices: slices, of: sides.rows.columns
    ) { rows, confidence in
      let compared = rows.filter { !differences.missing.contains($0) }
      return ParityLimit.flips(compared.count { flipped.contains($0) }, of: compared.count, confidence: confidence)
    }.noting(threshold == nil ? differences.classNotes : [])
  }

  /// Scores have no class until somebody says where it begins.
  static let noClass = "no output is a class: say from which score on a row is of it, as threshold: 0.5"

  private func judgeShift(_ sides: Sides, _ limit: ParityLimit) throws(Complaint) -> Judgement {
    let name: String
    if let output {
      name = output.value
    } else if sides.there.names.count == 1 {
      name = sides.there.names[0]
    } else {
      throw Complaint(
        .unusable(
          "the outputs are \(sides.there.names.joined(separator: ", ")): say which is the score, as output: NAME"))
    }
    let (here, there) = (try scores(sides.here, name), try scores(sides.there, name))
    let isProbability = (here + there).allSatisfy { (0...1).contains($0) }
    let range = isProbability ? 1 : (here + there).map(\.magnitude).max() ?? 0
    return try ParityJudgement(limit: limit, unit: .none, what: "mean difference of \(name) from \(sides.name)").judge(
      all: Array(0..<sides.here.count), slices: slices, of: sides.rows.columns
    ) { rows, confidence in
      ParityLimit.shift(rows.map { here[$0] - there[$0] }, range: range, confidence: confidence)
    }
  }

  private func scores(_ table: OutputTable, _ name: String) throws(Complaint) -> [Double] {
    guard let output = table[name] else { throw Complaint(.unusable("a side has no output \(name)")) }
    var scores: [Double] = []
    for (row, elements) in output.rows.enumerated() {
      guard elements.count == 1, let score = elements[0].doubleValue, score.isFinite else {
        throw Complaint(
          .unusable("\(name) of row \(row + 1) is \(OutputDifferences.text(elements)), which is no score"))
      }
      scores.append(score)
    }
    return scores
  }
}
