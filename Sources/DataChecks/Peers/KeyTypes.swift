internal import Language
internal import Scan

extension TableContext {
  /// By which types the texts of columns are compared in keys: those that the rules of the table declare, or else those
  /// of other tables with the same columns, or else what one of the files says.
  func keyTypes(_ columns: [String], and peers: [PeerTable] = []) -> [String: ValueType] {
    let all = [rules.types] + peers.map(\.dataset.rules.types)
    let stored = peers.isEmpty ? [] : [types] + peers.map { ColumnTypes($0.fields) }
    let types = columns.compactMap { name in
      (all.lazy.compactMap { $0[name] }.first ?? ValueType(toldBy: stored.map { $0[name] })).map { (name, $0) }
    }
    return Dictionary(types, uniquingKeysWith: { first, _ in first })
  }
}

extension ValueType {
  /// The type by which columns of several files are compared of which no rules declare one: a point in time, a truth value
  /// or a number that one of them stores, and another as text or otherwise. Nil for all else: among text files alone
  /// numbers may be codes, and so they may in a column that is declared to be text.
  init?(toldBy stored: [StoredType?]) {
    let known = Set(stored.compactMap { $0 })
    guard known.count > 1 else { return nil }
    let meanings = Set(known.compactMap(\.meaning))
    if !meanings.isDisjoint(with: [.timestamp, .date]) {
      self = .timestamp
    } else if meanings.contains(.time) {
      self = .time
    } else if meanings.contains(.boolean) {
      self = .boolean
    } else if known.isDisjoint(with: [.text, .binary]), [.untyped, .tokens].contains(where: known.contains),
      meanings.contains(.number) || known.isSuperset(of: [.untyped, .tokens])
    {
      // The 1207.0 that pandas writes is the 1207 of its Parquet file.
      self = .number
    } else {
      return nil
    }
  }
}
