internal import Language
internal import Scan
internal import Verdict

extension SelfTestPart {
  /// Looks of each of some changes for the fewest rows that turn the check red, and tells the change that takes fewest.
  ///
  /// Nil when nobody waits for it any more.
  func finding(
    of check: TestedCheck, _ changes: [Trials.Gradual], from base: Mutation
  ) async throws(Unviolated) -> Finding? {
    let planned = check.planned.selfTest
    var (reds, greens, errors): ([Red], [String], [Finding]) = ([], [], [])
    for change in changes where !change.rows.isEmpty {
      do throws(ScanError) {
        switch try await fewest(change, turning: check, from: base) {
        case .red(let red): reds.append(red)
        case .errored(let finding): errors.append(finding)
        case .green(let description?): greens.append(description)
        case .green: break
        }
      } catch {
        if error.kind == .cancelled { return nil }
        throw Unviolated(error.message)
      }
      if Task.isCancelled { return nil }
    }
    guard let least = reds.min(by: { $0.rows < $1.rows }) else {
      if let finding = errors.first, greens.isEmpty {
        return planned.finding(.errored, "it could not be evaluated: \(finding.message)", reason: finding.reason)
      }
      guard let first = greens.first else { throw Unviolated("no value is left that could be changed") }
      return planned.finding(stayingGreenAfter: greens.count, first)
    }
    let others = reds.filter { $0.description != least.description }.map {
      "red from \($0.share) of the rows: \($0.description)"
    }
    let notes = others + greens.map { "green even after \($0)" }
    return planned.finding(
      .passed,
      "red from \(least.share) of the rows: \(least.description) turns it red: \(least.finding.message)",
      evidence: Evidence(notes: notes))
  }

  private struct Red {
    var rows: Int
    /// Of all rows that could change.
    var share: Quantity
    var description: String
    var finding: Finding
  }

  private enum Answer {
    case red(Red)
    /// However many rows change; nil when none did.
    case green(String?)
    case errored(Finding)
  }

  /// The fewest rows, known to a sixteenth, whose change turns a check red.
  private func fewest(
    _ change: Trials.Gradual, turning check: TestedCheck, from base: Mutation
  ) async throws(ScanError) -> Answer {
    let rows = Self.spread(change.rows)
    func mutation(_ count: Int) -> Mutation {
      var mutation = base
      change.change(&mutation, rows.prefix(count))
      return mutation
    }
    // What all rows do not do, fewer do not.
    let all = mutation(rows.count)
    guard all.goes(beyond: base) else { return .green(nil) }
    var (green, red) = (0, rows.count)
    var found = (mutation: all, finding: try await finding(of: check, on: all.table))
    guard found.finding.outcome == .failed else {
      return found.finding.outcome == .errored ? .errored(found.finding) : .green(all.description)
    }
    while red - green > max(1, red / 16), !Task.isCancelled {
      // By shares first, which a rule speaks of: 1% and 2% are as far apart as 40% and 80%.
      let middle = green == 0 ? max(1, red / 2) : (green + red) / 2
      let tried = mutation(middle)
      let finding = try await finding(of: check, on: tried.table)
      if finding.outcome == .failed {
        (red, found) = (middle, (tried, finding))
      } else {
        green = middle
      }
    }
    let share = Quantity((1000 * Double(red) / Double(rows.count)).rounded(.up) / 1000, .share)
    return .red(Red(rows: red, share: share, description: found.mutation.description, finding: found.finding))
  }

  /// Rows in an order of which every beginning is spread over all of them, so that sorted values change alike.
  private static func spread(_ rows: [Int]) -> [Int] {
    let golden = 0.618_033_988_749_894_9
    func place(_ index: Int) -> Double { (Double(index) * golden).truncatingRemainder(dividingBy: 1) }
    return rows.indices.sorted { place($0) < place($1) }.map { rows[$0] }
  }
}
