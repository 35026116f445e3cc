/// How many there may be of something; no number will do when the least is above the most.
struct CountLimits: Sendable {
  let least: Int
  let most: Int

  func contains(_ count: Int) -> Bool { least <= count && count <= most }

  /// `at least 1`, `at most 3`, `1 to 3`: how many there must be.
  var words: String {
    if least == most { return "\(least)" }
    if most == .max { return "at least \(least)" }
    if least > most { return "at least \(least) and at most \(most)" }
    return least == 0 ? "at most \(most)" : "\(least) to \(most)"
  }
}
