internal import Statistics
internal import Transport
internal import Verdict

/// What a canary asks: rows in an order that follows from nothing in them, or the endpoint's own first question.
struct CanaryQuestions: Sendable {
  /// Nil when no rows are sent.
  var rows: Inquiry.AskedRows?
  var options: ProbingOptions
  private var question: RequestPlan?
  private var allowed: Set<Int> = []
  /// The places of the rows in the order in which they are asked.
  private(set) var order: [Int]

  init(_ check: CanaryCheck, _ inquiry: inout Inquiry) async throws(Complaint) {
    options = check.options
    if check.options.rows == nil, inquiry.declaration.rows == nil, !check.sendsRows,
      let question = inquiry.declaration.firstQuestion
    {
      self.question = question.request
      allowed = Set(question.status?.allowed ?? [])
      order = [0]
      return
    }
    guard inquiry.preset.sendsRows else {
      throw Complaint(
        .noRows(
          "there is nothing to send: the endpoint has neither rows nor an inference or a request of its own",
          .nothingToEvaluate))
    }
    let rows = try await inquiry.rows(check.options, atMost: RowsDeclaration.wholeLimit)
    self.rows = rows
    // Files are sorted, and a canary that stops early has seen their beginning only.
    var random = Philox(Seed("canary", [Double(rows.features.count)]))
    order = Array(0..<rows.features.count).shuffled(using: &random)
  }

  /// Asks one side about a row.
  func ask(_ inquiry: inout Inquiry, row: Int) async -> CanaryPair.Side {
    guard let rows else {
      let transcript = await inquiry.send(question ?? RequestPlan(path: ""))
      return CanaryPair.Side(
        seconds: transcript.elapsed.inSeconds, answer: answer(to: transcript, inquiry), transcript: transcript)
    }
    let features = rows.features.rows([row])
    let encoding = inquiry.encoding(options)
    let declared = try? await inquiry.signature().get()
    let plan: RequestPlan
    do throws(Complaint) {
      plan = try inquiry.preset.request(for: features, encoding, declared)
    } catch {
      return CanaryPair.Side(seconds: 0, answer: .failure(error))
    }
    let transcript = await inquiry.send(plan)
    let answer = inquiry.answer(about: features, encoding, transcript).flatMap { answer in
      Result { () throws(Complaint) in
        if let issue = answer.predictions.textIssues.first {
          throw Complaint(.unusable("\(issue.place) \(issue.text)"), in: transcript)
        }
        return try OutputTable(answer.predictions).comparable()
      }
    }
    return CanaryPair.Side(seconds: transcript.elapsed.inSeconds, answer: answer, transcript: transcript)
  }

  /// What the reply to a request without rows is worth: its status.
  private func answer(to transcript: Transcript, _ inquiry: Inquiry) -> Result<OutputTable, Complaint> {
    if let error = transcript.failure { return .failure(Complaint(.transport(error), in: transcript)) }
    let status = transcript.response?.status ?? 0
    guard allowed.contains(status) else { return .failure(Complaint(.refused(status: status, nil), in: transcript)) }
    return .success(OutputTable([OutputTable.Output](), count: 0))
  }
}

extension Duration {
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
