internal import Metrics
internal import Statistics
internal import Verdict

/// The groups of a finding, the farthest from all rows together first: what each has, of how many rows, and how far that
/// is from all of them.
struct GroupTable: Sendable {
  private let contrasts: RowContrasts
  private let means: GroupMeans
  private let effect: ContrastEffect?
  private let confidence: Double?

  /// More groups than these are counted.
  private static let shown = 12

  init(_ contrasts: RowContrasts, _ clusters: Clusters?, confidence: Double?) {
    self.contrasts = contrasts.form == .magnitude ? contrasts : contrasts.toOverall
    self.confidence = confidence
    means = GroupMeans([contrasts], clusters)
    effect = confidence == nil ? nil : try? ContrastEffect(self.contrasts, nil, clusters)
  }

  var notes: [String] {
    contrasts.rates.indices.flatMap { rate -> [String] in
      let places = contrasts.names.indices.map { means.place(0, rate, $0) }
      let whole = places.reduce(0) { $0 + means.shares[$1] * means.values[$1] }
      let groups = contrasts.names.indices.filter { means.units[places[$0]] > 0 }.sorted {
        let (first, second) = (
          (means.values[places[$0]] - whole).magnitude, (means.values[places[$1]] - whole).magnitude
        )
        return (-first, $0) < (-second, $1)
      }
      let lines = groups.prefix(Self.shown).map { line(rate, $0, places[$0], whole) }
      return lines + (groups.count > Self.shown ? ["and \(groups.count - Self.shown) more groups"] : [])
    }
  }

  private func line(_ rate: Int, _ group: Int, _ place: Int, _ whole: Double) -> String {
    let value = means.values[place]
    let rows = "\(Quantity.grouped(means.units[place])) that count"
    let start =
      "\(contrasts.names[group]): \(contrasts.rates[rate].name) \(Quantity.brief(value, digits: 4)) of \(rows)"
    let interval = confidence.flatMap { effect?.interval(rate: rate, group: group, confidence: $0) }.map {
      " (\(signed($0.lower)) to \(signed($0.upper)))"
    }
    if contrasts.form == .magnitude { return start + (interval ?? "") }
    return "\(start), \(signed(value - whole)) to all rows\(interval ?? "")"
  }

  private func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + Quantity.brief(value, digits: 3) }
}
