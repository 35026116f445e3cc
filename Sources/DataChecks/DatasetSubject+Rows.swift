internal import Planning
package import Scan
package import Verdict

/// The rows of a dataset that somebody wants to have.
package struct RowsRequest: Sendable {
  /// One of the dataset's checks.
  package var check: CheckID
  /// Whether the rows that violate it are wanted, or all others.
  package var wantsViolating: Bool
  package var format: RowFormat
  /// Whether values of sensitive columns are written, and not only that there is one.
  package var showsSensitive: Bool

  package init(of check: CheckID, violating: Bool, as format: RowFormat, showsSensitive: Bool) {
    self.check = check
    wantsViolating = violating
    self.format = format
    self.showsSensitive = showsSensitive
  }
}

extension DatasetSubject {
  /// Writes the rows that violate one check, or all others, whole and in the order of the files: those that the check's
  /// finding counts. Rows without a value, and those that a condition leaves out, violate nothing; those with a value that
  /// the check or its condition cannot read are on neither side.
  ///
  /// - Returns: Nothing when the check judges no single rows.
  package func writeRows(
    _ request: RowsRequest, to sink: any RowSink, in context: RunContext
  ) async throws(ScanError) -> RowExport.Outcome? {
    guard let claim = claims.first(where: { $0.planned.id == request.check }) else { return nil }
    var source = source
    source.options.wantsAllColumns = true
    source.options.readsObjects = request.format == .jsonl
    source.options.expectedColumns = claims.flatMap(\.columns) + rules.rowKey
    var scan = NativeScan(source, resources(context))
    let fields = try scan.fields()
    try SoundTable.checkNames(of: fields, in: source.name)
    let peers = OpenPeers(claim.peers, among: rules.peers ?? [], resources(context))
    if let finding = peers.finding(for: claim.planned, claim.peers) {
      throw ScanError(.unreadable, finding.message)
    }
    let table = tables(fields, context, peers)(claim)
    if let absent = claim.columns.first(where: { table.types[$0] == nil }) {
      throw ScanError(.unreadable, "\(source.name) has no column \"\(absent)\", which \(request.check) is about")
    }
    if let finding = table.unread(among: claim.columns) { throw ScanError(.unreadable, finding.message) }
    var plan = Plan()
    _ = claim.prepare(table, &plan)
    guard plan.judgementCount > 0 else { return nil }
    guard !plan.readsTwice || scan.canReadAgain else { throw .readOnce(source.name) }
    var export = RowExport(try await plan.allJudgements(with: &scan, peers: peers.backends), to: sink)
    // Whatever the check says of a row, whether it is one of those that it speaks of may be unknown.
    if let condition = claim.rows?.condition {
      export.judgements.append(.test(ExpressionTest(.truth(.yes), when: condition)))
    }
    export.wantsViolating = request.wantsViolating
    export.format = request.format
    export.hidden = request.showsSensitive ? [] : Set(fields.map(\.name).filter(rules.sensitive.contains))
    return try await scan.write(export)
  }
}
