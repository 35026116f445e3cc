internal import Language

/// After what a season repeats itself, and at which place of it a run stands.
package enum SeasonalPeriod: Sendable, Hashable {
  /// Seven days, each with the newest run of the day.
  case weekly
  /// Twenty-four hours, each with the newest run of the hour.
  case daily
  /// So many runs, whenever they were.
  case runs(Int)

  private enum Name: String, Sendable, CaseIterable {
    case weekly
    case daily
  }

  /// The name, or a number: 7 and 24 are those of the days and the hours.
  static var shape: Shape<SeasonalPeriod> {
    let named = Shape<Name>.choice.map { $0 == .weekly ? SeasonalPeriod.weekly : .daily }
    let counted = Shape<Int>.integer(in: 2...366).map { count -> SeasonalPeriod in
      switch count {
      case 7: .weekly
      case 24: .daily
      default: .runs(count)
      }
    }
    return counted.when(\.isNumber, otherwise: named)
  }

  /// How many steps it has.
  var steps: Int {
    switch self {
    case .weekly: 7
    case .daily: 24
    case .runs(let count): count
    }
  }

  /// How long a step is; nil for a run.
  var seconds: Int64? {
    switch self {
    case .weekly: 86_400
    case .daily: 3600
    case .runs: nil
    }
  }

  /// `21 days`.
  func words(_ steps: Int) -> String {
    switch self {
    case .weekly: steps == 1 ? "1 day" : "\(steps) days"
    case .daily: steps == 1 ? "1 hour" : "\(steps) hours"
    case .runs: AnomalyDetector.words(runs: steps)
    }
  }
}
