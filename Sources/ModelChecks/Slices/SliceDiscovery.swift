internal import Language
internal import Metrics
internal import Scan
internal import Verdict

/// Searches one half of the rows for the slices in which a gate fares worst, and leaves the other half to judge them: what
/// found a slice would always confirm it.
struct SliceDiscovery<Rows: PredictedRows>: Sendable {
  let declaration: ModelDeclaration
  let table: PredictionTable
  let candidate: Rows
  let baseline: ComparedRows<Rows>
  /// What the rows cost by the metrics that the config makes.
  let losses: ModelLosses

  /// The slices of every check that judges discovered ones.
  func slicings(of checks: [ModelCheck]) -> [String: Result<Slicing, Obstacle>] {
    var slicings: [String: Result<Slicing, Obstacle>] = [:]
    var columns: [String: [SearchedColumn]] = [:]
    for check in checks {
      guard let slice = check.slice, let discovery = slice.discovery else { continue }
      let known = columns[slice.name] ?? searched(discovery)
      columns[slice.name] = known
      slicings[check.slicing] = Result { () throws(Obstacle) in
        try baseline.require(for: check, declaration.baseline)
        return try slicing(for: check, discovery, known)
      }
    }
    return slicings
  }

  private func slicing(
    for check: ModelCheck, _ discovery: DiscoveryDeclaration, _ columns: [SearchedColumn]
  ) throws(Obstacle) -> Slicing {
    guard !columns.isEmpty else {
      throw Obstacle(
        reason: .nothingToEvaluate,
        message: "no column divides the rows of \(table.name), so no slice can be discovered")
    }
    guard let excess = RowExcess(check, candidate, check.needsBaseline ? baseline.rows : nil, losses) else {
      throw Obstacle(
        reason: .undefined, message: "\(check.metric) does not say how bad a row is, so no slice can be discovered")
    }
    let fewest = discovery.minRows ?? declaration.minRows?.value ?? 100
    let halves = halves()
    // Some may turn out to have too few rows in the other half.
    let search = SliceSearch(columns: columns, depth: discovery.depth, fewest: fewest, wanted: 2 * discovery.worst)
    let result = search.worst(
      of: halves.searched, excess: halves.searched.map { excess.values[$0] },
      weights: halves.searched.map { excess.weights[$0] })
    let slices = result.worst.map { found in
      Slicing.Slice(
        name: found.conditions.map { columns[$0.column].names[Int($0.code)] }.joined(separator: ", "),
        rows: halves.judged.filter { row in
          found.conditions.allSatisfy { columns[$0.column].codes[row] == $0.code }
        })
    }.filter { $0.rows.count >= fewest }.prefix(discovery.worst)
    let note =
      "searched \(Quantity.grouped(result.searched)) slices by \(columns.map(\.name).joined(separator: ", ")), up to "
      + "\(discovery.depth) at once, on \(Quantity(Double(halves.searched.count), .rows)); judged on the other "
      + Quantity.grouped(halves.judged.count)
    guard !slices.isEmpty else {
      throw Obstacle(
        reason: .nothingToEvaluate,
        message: "no slice has \(Quantity(Double(fewest), .rows)) in each half of \(table.name), so none is judged",
        notes: [note, "more rows would tell, or a smaller min_rows:"])
    }
    return Slicing(
      discovered: Array(slices), .init(searched: result.searched, judged: halves.judged.count, note: note))
  }

  // MARK: - Columns

  private func searched(_ discovery: DiscoveryDeclaration) -> [SearchedColumn] {
    let names = discovery.columns.isEmpty ? table.searched : discovery.columns.map(\.value)
    return names.compactMap { name in
      SearchedColumn(
        name, words: table.columns.words(name), numbers: table.columns.numbers(name),
        isHidden: declaration.predictions.sensitive.contains(name))
    }
  }

  // MARK: - Halves

  /// By what a row is called, so that it is in the same half in every run and whatever stands beside it. Rows that depend
  /// on each other are in one half.
  private func halves() -> (searched: [Int], judged: [Int]) {
    var (searched, judged): ([Int], [Int]) = ([], [])
    let keys = table.columns.keys
    let groups = declaration.grouping.flatMap { table.columns.words($0.value) }
    let ofGroups = groups.map { words in words.words.map { StableHash.half(Array($0.utf8)) } }
    for row in 0..<candidate.count {
      let isFirst: Bool
      if let groups, let ofGroups {
        isFirst = groups[row].map { ofGroups[$0] } ?? true
      } else if !declaration.predictions.id.isEmpty {
        isFirst = StableHash.half(keys.key(row))
      } else {
        isFirst = StableHash.half(Array(String(row).utf8))
      }
      if isFirst { searched.append(row) } else { judged.append(row) }
    }
    return (searched, judged)
  }
}
