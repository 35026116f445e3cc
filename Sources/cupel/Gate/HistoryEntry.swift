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
  var change: String { "\(place.name): one more run of \(subjects)" }

  private var subjects: String { runs.map(\.subject).joined(separator: ", ") }

  /// What became of an entry.
  enum Record: Hashable {
    /// In a line.
    case entered(String)
    /// What went wrong.
    case failed(String)

    var failure: String? { if case .failed(let words) = self { words } else { nil } }
  }

  /// Adds it.
  ///
  /// - Parameters:
  ///   - reason: why it is accepted whatever the verdict.
  ///   - isByHand: whether somebody accepts it: of a model every acceptance counts, where of data the same rows are no
  ///     second observation.
  func record(because reason: String? = nil, isByHand: Bool = false) -> Record {
    var runs = runs
    for index in runs.indices { runs[index].because = reason ?? "" }
    do throws(HistoryError) {
      let added = try HistoryStore.open(at: place.path).record(runs, keep: place.keep) { run in
        isByHand && run.subject.hasPrefix("\(Suite.models.rawValue).")
      }
      // The same data over the same commit are one observation.
      return .entered(added > 0 ? change : "\(place.name): this run of \(subjects) is in it already")
    } catch {
      return .failed("this run did not enter its history: \(error.message(for: place.name)); \(error.advice)")
    }
  }
}
