internal import Verdict

/// Whether a server counted what it was sent: every good answer that came, and no more requests than there were.
struct ServerCountJudgement: Sendable {
  var counter: ServerCounter
  var before: Result<ServerCounter.Count, ServerCounter.Absent>
  var after: Result<ServerCounter.Count, ServerCounter.Absent>
  /// Good answers that came back, and requests that were sent, between the two.
  var answered: Int
  var sent: Int
  var location: SourceLocation?

  var judgement: Judgement {
    var limit = "\(Quantity.grouped(answered)) answers"
    if sent > answered { limit += " to \(Quantity.grouped(sent)) requests" }
    let end: ServerCounter.Count
    switch after {
    case .failure(let absent):
      return Judgement(
        absent.wasRead ? .failed : .errored, absent.message, reason: absent.wasRead ? nil : .metadataUnavailable,
        evidence: Evidence(observedText: "nothing", limit: .text(limit)), location: location)
    case .success(let count): end = count
    }
    let start: ServerCounter.Count
    switch before {
    // Counters with labels are not there before they count.
    case .failure(let absent) where absent.wasRead: start = .init(answered: 0, failed: end.failed.map { _ in 0 })
    case .failure(let absent):
      return Judgement(
        .errored, "before the load, \(absent.message)", reason: .metadataUnavailable,
        evidence: Evidence(limit: .text(limit)), location: location)
    case .success(let count): start = count
    }
    let growth = end.answered - start.answered
    let evidence = Evidence(
      observed: Quantity(growth), limit: .text(limit),
      notes: ["\(counter.name): \(Quantity.text(start.answered)) before, \(Quantity.text(end.answered)) after"])
    func failed(_ words: String) -> Judgement { Judgement(.failed, words, evidence: evidence, location: location) }
    let grown = "the server counted \(Quantity.text(growth)) good answers"
    if growth < 0 {
      return failed("\(counter.name) fell by \(Quantity.text(-growth)): the server began anew meanwhile")
    }
    if growth < Double(answered) { return failed("\(grown), and \(Quantity.grouped(answered)) came") }
    if growth > Double(sent) {
      return failed("\(grown), and only \(Quantity.grouped(sent)) requests were sent: somebody else asks it, too")
    }
    if let before = start.failed, let after = end.failed, after > before, answered == sent {
      return failed("the server counted \(Quantity.text(after - before)) failures, and every request was answered well")
    }
    return Judgement(.passed, "\(grown), as many as came", evidence: evidence, location: location)
  }
}
