internal import Language
internal import Statistics
internal import Verdict

/// A canary at work: asks both sides, and stops when its watch has seen enough.
struct CanaryRun: Sendable {
  let check: CanaryCheck
  private(set) var candidate: Inquiry
  private(set) var baseline: Inquiry
  let questions: CanaryQuestions

  init(check: CanaryCheck, candidate: Inquiry, baseline: Inquiry, questions: CanaryQuestions) {
    self.check = check
    self.candidate = candidate
    self.baseline = baseline
    self.questions = questions
    // What a side drops is an error of it.
    self.candidate.sendOnce()
    self.baseline.sendOnce()
  }

  /// The candidate's inquiry, which has counted what was asked of both.
  var asked: Inquiry {
    var asked = candidate
    asked.count(baseline)
    return asked
  }

  mutating func judge() async -> [Judgement] {
    do throws(Complaint) {
      try await introduce()
      return try await watch()
    } catch {
      return check.all(error.judgement(wasReached: candidate.wasReached), of: candidate.preset)
    }
  }

  /// The first question to both, which opens their connections and is not judged: nobody compares with an endpoint that
  /// is not there.
  private mutating func introduce() async throws(Complaint) {
    let row = questions.order[0]
    let there = await questions.ask(&baseline, row: row)
    if case .failure(let complaint) = there.answer {
      let words = complaint.judgement(wasReached: false).message
      throw Complaint(.noRows("the baseline gives no good answer: \(words)", .baseline), in: complaint.transcript)
    }
    let here = await questions.ask(&candidate, row: row)
    // What it says badly is a matter of the guards.
    if case .failure(let complaint) = here.answer, case .transport(let error) = complaint.kind, error.neverArrived {
      throw complaint
    }
    if case .failure(let complaint) = here.answer, here.transcript == nil { throw complaint }
    if let transcript = here.transcript, transcript.request == there.transcript?.request {
      let words = "the baseline is this endpoint itself: both are asked the same at the same address"
      throw Complaint(.noRows(words, .baseline), in: transcript)
    }
  }

  private mutating func watch() async throws(Complaint) -> [Judgement] {
    let count = questions.order.count
    let guards: [any CanaryGuard]
    do throws(Undefined) {
      guards = try check.guards(expecting: check.pace.expectedPairs(of: count))
    } catch {
      throw Complaint(.undecided(error.description))
    }
    var watch = CanaryWatch(guards)
    var worst: [String: Transcript] = [:]
    // Pairs that are over before one that began earlier.
    var waiting: [Int: CanaryPair] = [:]
    var (begun, taken) = (0, 0)
    let (run, start) = (self, ContinuousClock.now)
    await withTaskGroup(of: (Int, CanaryPair)?.self) { group in
      func begin() {
        guard let due = run.check.pace.due(begun, of: count, after: start.duration(to: .now)) else { return }
        let index = begun
        begun += 1
        group.addTask {
          guard (try? await Task.sleep(until: start + due, clock: .continuous)) != nil else { return nil }
          let pair = await run.ask(index)
          return Task.isCancelled ? nil : (index, pair)
        }
      }
      for _ in 0..<run.check.pace.concurrency { begin() }
      for await ended in group {
        guard let (index, pair) = ended else { continue }
        waiting[index] = pair
        // In the order in which they began: in that of their ends, a look would miss the slow ones.
        while let pair = waiting.removeValue(forKey: taken) {
          taken += 1
          watch.take(pair)
          note(pair, &worst)
          if watch.isDecided { return group.cancelAll() }
        }
        begin()
      }
    }
    if let lost = watch.lostBaseline { throw lost }
    return judgements(watch, worst)
  }

  /// One pair. The sides take turns to be first, so that what the first one wakes up helps each as often.
  private func ask(_ index: Int) async -> CanaryPair {
    let row = questions.order[index % questions.order.count]
    let isNewRow = index < questions.order.count && questions.rows != nil
    var (candidate, baseline) = (candidate, baseline)
    let here: CanaryPair.Side
    let there: CanaryPair.Side
    if index.isMultiple(of: 2) {
      here = await questions.ask(&candidate, row: row)
      there = await questions.ask(&baseline, row: row)
    } else {
      there = await questions.ask(&baseline, row: row)
      here = await questions.ask(&candidate, row: row)
    }
    return CanaryPair(row: row, isNewRow: isNewRow, candidate: here, baseline: there)
  }

  // MARK: - What is shown

  /// Counts what was asked, and keeps the candidate's first bad answer, and its slowest.
  private mutating func note(_ pair: CanaryPair, _ worst: inout [String: Transcript]) {
    if let transcript = pair.baseline.transcript { baseline.note(transcript) }
    guard let transcript = pair.candidate.transcript else { return }
    candidate.note(transcript)
    if !pair.candidate.isGood, pair.baseline.isGood, worst["bad"] == nil { worst["bad"] = transcript }
    if worst["slow"].map({ $0.elapsed < transcript.elapsed }) ?? true { worst["slow"] = transcript }
  }

  private func judgements(_ watch: CanaryWatch, _ worst: [String: Transcript]) -> [Judgement] {
    let looks = Quantity.grouped(watch.pairs)
    let level = Quantity(check.confidence, .share)
    let count = watch.guards.count
    var notes = [
      "looked at after each of \(looks) pairs: all intervals of all looks hold together with \(level)"
        + (count > 1 ? ", which \(count) guards share (Bonferroni)" : ""),
      "compared with \(check.baseline?.name ?? "the baseline")",
    ]
    notes += questions.rows?.remarks ?? []
    return zip(watch.guards, watch.judgements(notes: notes)).map { entry in
      var judgement = entry.1
      if judgement.decisive == nil {
        judgement.decisive = worst[entry.0.claim.name == "errors" ? "bad" : "slow"] ?? worst["slow"]
      }
      return judgement
    }
  }
}
