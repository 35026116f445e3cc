internal import Language
internal import Planning
internal import Scan
internal import Verdict

/// The claim that the values of some columns, together, are those of a row of another dataset.
struct ForeignKeyClaim: Sendable {
  var columns: [String]
  var peer: PeerTable
  /// The columns of the peer, in the same order.
  var targets: [String]
  /// The declared types of the columns here.
  var types: [ValueType?]
  /// What the file stores them as.
  var stored: [StoredType?]
  /// The counts of the rows as a finding; sensitive columns of the peer are hidden in it as well.
  var rows: ValueClaim

  func prepare(_ plan: inout Plan) -> Evaluation {
    let (columns, name) = (columns, peer.name)
    let there = ColumnTypes(peer.fields)
    let declared = zip(targets, zip(types, stored)).compactMap { target, here in
      (here.0 ?? peer.dataset.rules.types[target] ?? ValueType(toldBy: [here.1, there[target]])).map { (target, $0) }
    }
    let types = Dictionary(declared, uniquingKeysWith: { first, _ in first })
    let slot = plan.require(LookupKeys.Specification(targets, as: types), of: name) { lookup in
      ForeignKeys.Specification(columns, in: lookup, of: name)
    }
    let defects = plan.require(DefectCount.Specification(), of: name)
    return { measurements in
      do throws(ScanError) {
        return judge(try measurements[slot].get(), try measurements[defects].get())
      } catch {
        return rows.column.planned.unanswered(by: name, error)
      }
    }
  }

  private func judge(_ found: ForeignKeys, _ defects: DefectCount) -> Finding {
    let lookup = found.lookup
    guard lookup.rows > 0 else { return rows.column.planned.unanswered(byEmpty: peer.name) }
    guard lookup.keys > 0 else {
      let what = "has no row with a value in \(targets.joined(separator: ", "))"
      return rows.column.planned.unanswered(byEmpty: peer.name, what)
    }
    var finding = rows.judge(found.summary)
    finding.evidence.notes.append("looked up in \(Quantity(Double(lookup.keys), .rows)) of \(peer.dataset.source.name)")
    if defects.count > 0 {
      finding.evidence.notes.append("records of \(peer.dataset.source.name) that are no rows: \(defects.count)")
    }
    return finding
  }
}
