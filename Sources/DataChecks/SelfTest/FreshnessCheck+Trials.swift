internal import Language
internal import Scan
internal import Verdict

extension FreshnessCheck: Violable {
  /// Whatever is new enough becomes a little too old.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let column = specimen.column
    let type: ValueType = specimen.type(of: column) == .date ? .date : .timestamp
    let moment = Int128(specimen.now) - Int128(limit?.value.microseconds ?? 0)
    let latest = Instant.value(notAfter: Int64(clamping: moment), as: type)
    let old = latest - (type == .date ? 1 : Instant.perSecond)
    let rows = specimen.present([column]).filter { row in
      specimen.table.text(row, column).flatMap { Literal.integer($0, as: type) }.map { $0 > old } ?? false
    }
    guard !rows.isEmpty else { throw Unviolated(rowsNeeded: 1) }
    return Trials { $0.set(column, rows, to: Literal.text(old, as: type)) }
  }
}

extension GapsCheck: Violable {
  /// The newest value moves some periods on, or the oldest back; or nothing is left between the two, or but one row.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let column = specimen.column
    let type: ValueType = specimen.type(of: column) == .date ? .date : .timestamp
    let times = specimen.present([column]).compactMap { row in
      specimen.table.text(row, column).flatMap { Literal.integer($0, as: .timestamp) }.map { (row: row, time: $0) }
    }
    guard let first = times.min(by: { $0.time < $1.time }), let last = times.max(by: { $0.time < $1.time }) else {
      throw Unviolated(rowsNeeded: 1)
    }
    let length = every.unit == .months ? Int64(every.value) * 31 * Instant.perDay : every.microseconds
    func moved(_ value: (row: Int, time: Int64), _ periods: Int128) -> Trials.Change {
      let time = Int64(clamping: Int128(value.time) + periods * Int128(length))
      return { $0.set(column, [value.row], to: Literal.text(Instant.value(notAfter: time, as: type), as: type)) }
    }
    let inner = times.filter { $0.time > first.time && $0.time < last.time }.map(\.row)
    let others = times.filter { $0.row != first.row }.map(\.row)
    return Trials([moved(last, 3), moved(first, -3), { $0.dropRows(inner) }, { $0.dropRows(others) }])
  }
}

extension LagCheck: Violable {
  /// A row that is loaded a little too late.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    guard let event = event?.value, let load = load?.value else { throw Unviolated("the rule names no columns") }
    let rows = try specimen.violators(among: specimen.present([event, load]))
    let type: ValueType = specimen.type(of: load) == .date ? .date : .timestamp
    let lag = Int128(limit?.value.microseconds ?? 0) + Int128(type == .date ? Instant.perDay : Instant.perSecond)
    return Trials { mutation in
      mutation.change(load, rows, from: event) { row, old in
        guard let time = specimen.table.text(row, event).flatMap({ Literal.integer($0, as: .timestamp) }) else {
          return old
        }
        let late = Int64(clamping: Int128(time) + lag)
        let value = Instant.value(notAfter: late, as: type)
        return Literal.text(value, as: type)
      }
    }
  }
}
