internal import Language
internal import Verdict

extension AccessCheck {
  /// What is asked: a request for each route that must not be open, at least one.
  struct Routes: Sendable {
    var first: RequestPlan
    var others: [RequestPlan] = []
    /// Why something else is asked than was meant.
    var remark: String?

    var requests: [RequestPlan] { [first] + others }

    /// What holds of all routes: the first that is open, else the first about which nothing is known.
    func judgement(_ judgements: [Judgement]) -> Judgement {
      let worst = [Outcome.failed, .errored, .skipped].lazy.compactMap { outcome in
        judgements.firstIndex { $0.outcome == outcome }
      }.first
      guard var judgement = worst.map({ judgements[$0] }) ?? judgements.first else {
        return Judgement(.errored, "nothing was asked", reason: .nothingToEvaluate)
      }
      for (index, other) in judgements.enumerated() where index != worst ?? 0 {
        judgement.evidence.notes.append(other.message)
      }
      return judgement
    }

    mutating func add(_ request: RequestPlan) {
      if !requests.contains(where: { $0.route == request.route }) { others.append(request) }
    }
  }

  /// Without paths those that answer with predictions: that of rows, and those of the config that look so. Another request
  /// of the config may ask for anything, and stands for them only where there are none; where no row can be sent it is said
  /// why.
  func routes(_ inquiry: inout Inquiry) async throws(Complaint) -> Routes {
    var row: RequestPlan?
    var obstacle: String?
    if options.rows != nil || inquiry.declaration.rows != nil {
      do throws(Complaint) {
        row = try await inquiry.rowRequest(options)
      } catch {
        // Rows of the check's own are what it was to ask about.
        if paths.isEmpty, options.rows != nil { throw error }
        obstacle = error.judgement(wasReached: inquiry.wasReached).message
      }
    }
    var requests = paths.map { request(to: $0.value, row, inquiry.declaration) }
    if paths.isEmpty {
      requests = [row].compactMap { $0 } + inquiry.declaration.predictionQuestions.map(\.request)
      if requests.isEmpty { requests = [try await inquiry.question(options)] }
    }
    var routes = Routes(first: requests[0])
    for request in requests.dropFirst() { routes.add(request) }
    routes.remark = obstacle.map { "no row could be sent, and \(routes.first.route) was asked instead: \($0)" }
    return routes
  }

  /// A path is asked as the config asks it, and with the rows of the check where it has some, else by GET.
  private func request(to path: String, _ row: RequestPlan?, _ declaration: EndpointDeclaration) -> RequestPlan {
    if var row, options.rows != nil || row.path == path {
      row.path = path
      return row
    }
    return declaration.questions.first { $0.request.path == path }?.request ?? RequestPlan(path: path)
  }
}
