internal import Statistics
internal import Verdict

/// The guards of a canary while pairs arrive: pure, so that every verdict can be tried without a server.
struct CanaryWatch: Sendable {
  private(set) var guards: [any CanaryGuard]
  /// Why guards cannot go on, by their places.
  private var obstacles: [Int: Judgement] = [:]
  private(set) var pairs = 0
  /// How many of the last pairs in a row the baseline left without a good answer, and what it said to the last of them.
  private var silence = 0
  private var lastWords: Complaint?

  /// So many in a row, and there is no baseline any more: a share of requests that go wrong is another matter.
  static let silentInRow = 10

  init(_ guards: [any CanaryGuard]) { self.guards = guards }

  mutating func take(_ pair: CanaryPair) {
    pairs += 1
    if case .failure(let complaint) = pair.baseline.answer {
      silence += 1
      lastWords = complaint
    } else {
      silence = 0
    }
    for index in guards.indices where obstacles[index] == nil {
      do throws(Complaint) {
        try guards[index].take(pair)
      } catch {
        let complaint = error.transcript == nil ? Complaint(error.kind, in: pair.candidate.transcript) : error
        obstacles[index] = complaint.judgement(wasReached: true)
      }
    }
  }

  /// Why there is nothing to compare with any more: a baseline that has gone makes every candidate look good.
  var lostBaseline: Complaint? {
    guard silence >= Self.silentInRow, let lastWords else { return nil }
    let words = lastWords.judgement(wasReached: false).message
    return Complaint(
      .noRows("the baseline gave no good answer \(silence) times in a row: \(words)", .baseline),
      in: lastWords.transcript)
  }

  /// Whether a guard has failed, or nothing is undecided any more. What was passed at an earlier look may be undecided
  /// again: only the last look counts. While the baseline does not answer, nothing is passed.
  var isDecided: Bool {
    hasFailed || lostBaseline != nil
      || silence == 0 && guards.indices.allSatisfy { obstacles[$0] != nil || holds($0) == true }
  }

  private var hasFailed: Bool {
    obstacles.values.contains { $0.outcome == .failed }
      || guards.indices.contains { obstacles[$0] == nil && holds($0) == false }
  }

  private func holds(_ index: Int) -> Bool? { (try? guards[index].effect())?.holds }

  /// The verdicts at this look, which was the last.
  func judgements(notes: [String]) -> [Judgement] {
    let hasFailed = hasFailed
    return Self.stopped(
      guards.indices.map { judgement($0, notes, isStopped: hasFailed) }, guards.map(\.claim.name),
      after: "\(Quantity.grouped(pairs)) pairs")
  }

  /// The verdicts when one of them has ended the canary: whoever has seen enough to stop does not wait for the rest.
  static func stopped(_ judgements: [Judgement], _ names: [String], after length: String) -> [Judgement] {
    guard let failed = judgements.firstIndex(where: { $0.outcome == .failed }) else { return judgements }
    return judgements.map { judgement in
      guard judgement.outcome == .inconclusive else { return judgement }
      return Judgement(
        .skipped, "not decided when the canary was stopped by \(names[failed]), after \(length)",
        reason: .dependency, evidence: judgement.evidence)
    }
  }

  private func judgement(_ index: Int, _ notes: [String], isStopped: Bool) -> Judgement {
    if let obstacle = obstacles[index] { return obstacle.noting(notes) }
    do throws(Undefined) {
      return try guards[index].effect().judgement(guards[index].counts, notes: notes)
    } catch {
      // What has no value yet needs more pairs; nothing at all is no sample, unless another guard says why.
      let isEmpty = guards[index].counts.evaluated == 0 && !isStopped
      return Judgement(
        isEmpty ? .errored : .inconclusive,
        isEmpty
          ? "no pair has good answers of both, so nothing was compared"
          : "\(error), after \(Quantity.grouped(pairs)) pairs",
        reason: isEmpty ? .nothingToEvaluate : nil,
        evidence: Evidence(counts: guards[index].counts, method: "sequential", notes: notes))
    }
  }
}
