internal import Baselines
internal import Verdict

/// What a run leaves in a history.
struct HistoryEntry {
  private let runs: [HistoryRun]
  private let place: HistoryPlace

  /// Nil when that is nothing.
  init?(of runs: [HistoryRun], to place: HistoryPlace) {
    guard !runs.isEmpty else { return nil }
    (self.runs, self.place) = (runs, place)
  }

  /// The history as messages name it.
  var name: String { place.name }

  /// What changes, in a line.
  var change: String {
    "\(place.name): one more run of \(runs.map(\.subject).joined(separator: ", "))"
  }

  /// Adds it; returns what went wrong.
  ///
  /// - Parameters:
  ///   - reason: why it is accepted whatever the verdict.
  ///   - isByHand: whether somebody accepts it: of a model every acceptance counts, where of data the same rows are no
  ///     second observation.
  func record(because reason: String? = nil, isByHand: Bool = false) -> String? {
    var runs = runs
    for index in runs.indices { runs[index].because = reason ?? "" }
    do throws(HistoryError) {
      try HistoryStore.open(at: place.path).record(runs, keep: place.keep) { run in
        isByHand && run.subject.hasPrefix("\(Suite.models.rawValue).")
      }
      return nil
    } catch {
      return "this run did not enter its history: \(error.message(for: place.name)); \(error.advice)"
    }
  }
}
