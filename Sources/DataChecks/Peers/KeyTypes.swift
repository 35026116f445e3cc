internal import Scan

extension TableContext {
  /// By which types the texts of columns are compared in keys: those that the rules of the table declare, or else those
  /// of other tables with the same columns.
  func keyTypes(_ columns: [String], and peers: [PeerTable] = []) -> [String: ValueType] {
    let all = [rules.types] + peers.map(\.dataset.rules.types)
    let types = columns.compactMap { name in all.lazy.compactMap { $0[name] }.first.map { (name, $0) } }
    return Dictionary(types, uniquingKeysWith: { first, _ in first })
  }
}
