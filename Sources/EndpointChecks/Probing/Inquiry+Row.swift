internal import Transport
internal import Verdict

extension Inquiry {
  /// Asks about one row alone: the smallest request that shows what is wrong with it.
  mutating func again(_ rows: FeatureRows, _ row: Int, _ options: ProbingOptions) async
    -> Transcript?
  {
    await again(rows, row, as: encoding(options))
  }

  private mutating func again(_ rows: FeatureRows, _ row: Int, as encoding: RowEncoding) async
    -> Transcript?
  {
    let declared = try? await signature().get()
    guard let plan = try? preset.request(for: rows.rows([row]), encoding, declared) else {
      return nil
    }
    return await send(plan)
  }

  /// The smallest request that shows that a row is answered otherwise than expected: about the row alone, or about the
  /// batch that it was in when alone it is answered well.
  ///
  /// - Parameter answer: the one in which it was seen.
  mutating func showing(
    _ row: Int, of rows: FeatureRows, in answer: Answer, as encoding: RowEncoding,
    expected: OutputTable,
    _ tolerances: OutputTolerances
  ) async -> (transcript: Transcript?, remark: String?) {
    let alone = await again(rows, row, as: encoding)
    guard let alone, rows.count > 1,
      case .success(let single) = self.answer(about: rows.rows([row]), encoding, alone),
      let table = try? OutputTable(single.predictions),
      expected.names.allSatisfy({ table[$0] != nil }),
      OutputDifferences(table, expected: expected.rows([row]), tolerances).differing.isEmpty
    else { return (alone, nil) }
    return (
      answer.transcript(of: row),
      "asked alone, row \(row + 1) is predicted as expected: its answer depends on the rows beside it"
    )
  }

  /// The request that stands for all: about the first row of a check that names rows, else the endpoint's first inference or
  /// request, else about the endpoint's first row.
  mutating func question(_ options: ProbingOptions) async throws(Complaint) -> RequestPlan {
    if options.rows == nil, let question = declaration.firstQuestion { return question.request }
    return try await rowRequest(options)
  }

  /// The request about the first row.
  mutating func rowRequest(_ options: ProbingOptions) async throws(Complaint) -> RequestPlan {
    guard preset.sendsRows, options.rows != nil || declaration.rows != nil else {
      throw Complaint(
        .noRows(
          "there is no request to send: the endpoint has neither an inference nor a request of its own, nor rows",
          .nothingToEvaluate))
    }
    let rows = try await rows(options).features
    return try preset.request(for: rows.rows([0]), encoding(options), try? await signature().get())
  }

  /// Asks about every row in a request of its own, at most so many at once. Throws the first complaint.
  mutating func singly(
    _ rows: FeatureRows, _ options: ProbingOptions, concurrently width: Int = 1
  ) async throws(Complaint) -> OutputTable {
    var whole: Predictions?
    for answer in await predict(
      each: (0..<rows.count).map { rows.rows([$0]) }, as: encoding(options), concurrently: width)
    {
      let predictions = try answer.get().predictions
      // By its own row first: what a reply about one row holds beyond that is its own mistake.
      _ = try OutputTable(predictions)
      whole = whole?.appending(predictions) ?? predictions
    }
    guard let whole, whole.rows == rows.count else {
      throw Complaint(.noRows("there are no rows to ask about", .nothingToEvaluate))
    }
    return try OutputTable(whole)
  }
}
