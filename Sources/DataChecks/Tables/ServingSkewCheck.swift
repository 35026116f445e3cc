package import Language
package import Planning
internal import Scan
package import Verdict

/// `serving_skew: {against: served, on: [id], at_most: 1%}`: what was served is what is trained on, row by row.
package struct ServingSkewCheck: FamilyRule {
  package var dataset = Located<String>.unwritten
  package var key: [String] = []
  package var choice = ColumnChoice()
  package var terms = SkewTerms()
  /// What is said differently of some columns.
  package var overrides: [(name: Located<String>, value: SkewTerms)] = []
  /// The greatest share of rows that may have no partner.
  package var unmatched: Located<Quantity>?
  package var confidence: Double?
  package var whenInconclusive = DriftCheck.Policy.warn
  /// The columns of the other dataset.
  private(set) var theirs: [String] = []

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "serving_skew",
    summary:
      "The features are those of another dataset, such as the log of what was served: rows are joined by a key, and of each column the share of joined rows whose values differ is at most at_most (0% when left out). Numbers are the same within tolerance, texts when they are equal, timestamps and truth values when they mean the same; a value against none differs and is counted apart; where neither side has a value there is nothing to compare. With columns: all, a column that the other dataset lacks fails unless except names it. Values are what the rules declare or the file stores: declare type: number in a CSV file. Rows whose key is on one side only, or repeats on either side, find no partner: they are counted, and limited by unmatched; without it any may be on one side only, a key that repeats fails, and less than 100 joined rows are inconclusive when they are less than half of the smaller side. With confidence the claim is about all rows of the kind: each column fails when all of its exact interval (Clopper-Pearson) lies above its limit, corrected for the number of columns, passes when all of it lies within, and is inconclusive else, which warns unless when_inconclusive: block. Exact at any size. It is what TFDV calls feature skew (DetectFeatureSkew): identifier_features is on, features_to_ignore is except, float_round_ndigits is tolerance.",
    why:
      "A feature that is computed twice, for training and for serving, is wrong in one of the two. Its distribution may look the same while every row differs.",
    example:
      "data:\n  flights:\n    source: flights.csv\n    serving_skew: {against: served, on: [id], at_most: 1%}\n  served:\n    source: served.csv",
    fix:
      "Look at the listed rows of both sides: a default in the place of a missing value, another time zone, another unit, a feature as of another time. Where small differences are meant, say tolerance."
  )

  package var needsAllRows: String? { unmatched.map { _ in "which rows of the other dataset find no partner" } }

  package static var keys: [Key<ServingSkewCheck>] {
    let join: [Key<ServingSkewCheck>] = [
      .key(
        "against", \.dataset, Shape<String>.string.located, "The other dataset, as data: names it.", required: true),
      .key("on", \.key, .oneOrMoreColumns, "The columns that name a row, on both sides.", required: true),
    ]
    let columns: [Key<ServingSkewCheck>] = ColumnChoice.keys(
      \.choice, columns: "The columns to compare: all (that both have), one, or a list.",
      except: "Columns that are not compared.")
    let verdict: [Key<ServingSkewCheck>] = [
      .key(
        "overrides", \.overrides, SkewTerms.overriding.dictionary,
        "What is said differently of some columns: at_most, tolerance."),
      .optional(
        "unmatched", \.unmatched, .limit(Shape<Quantity>.share),
        "How large a share of the rows may find no partner; without it any."),
      .optional(
        "confidence", \.confidence, DriftTerms.level, "Of the intervals; without it the claim is about these rows."),
      .key("when_inconclusive", \.whenInconclusive, .choice, "What a column does that cannot be told: warn or block."),
    ]
    return join + columns + verdict + SkewTerms.keys.map { $0.within(\.terms) }
  }

  package static func validate(_ rule: ServingSkewCheck, _ node: Node, _ problems: inout Problems) {
    if let named = rule.choice.named, let column = named.first(where: rule.key.contains) {
      problems.report(
        "rows are joined by \"\(column)\", and so it never differs", at: node[key: "columns"]?.value.location)
    }
    guard rule.confidence != nil else { return }
    let limits = [rule.terms.limit] + rule.overrides.map { $0.value.limit }
    if rule.terms.limit == nil, rule.choice.named?.allSatisfy({ rule.terms(of: $0).limit != nil }) != true {
      problems.report(
        "no number of rows shows with confidence that nothing ever differs: at_most is missing here",
        at: node.location)
    }
    for limit in limits.compactMap({ $0 }) where limit.value.value == 0 {
      problems.report(
        "no number of rows shows with confidence that nothing ever differs: the limit must be above 0%",
        at: limit.location)
    }
  }

  package mutating func resolve(_ rules: RulesContext, _ problems: inout Problems) -> Bool {
    theirs = rules.peers?.first { $0.name == dataset.value }?.columns ?? []
    return choice.isSound(among: theirs, overriding: overrides.map(\.name), &problems)
  }

  package var columns: [String] { key + (choice.named ?? []) }
  package var expectedColumns: [String] { choice.expected(among: theirs).filter { !key.contains($0) } }
  package var peers: [PeerReference] { [PeerReference(dataset, columns: columns)] }
  package var members: [String] { choice.columns(among: theirs).filter { !key.contains($0) } }
  package var memberSeverity: Severity? { nil }

  /// What is said of a column.
  func terms(of column: String) -> SkewTerms {
    overrides.first { $0.name.value == column }.map { terms.overridden(by: $0.value) } ?? terms
  }

  /// The columns that the other dataset lacks.
  private func onlyHere(_ table: TableContext) -> [String] {
    let known = Set((theirs + key + choice.except).map { ExactText($0) })
    return table.columns.filter { !known.contains(ExactText($0)) }
  }

  package var readsAllColumns: Bool { choice.named == nil }

  package func prepare(
    _ table: TableContext, _ members: [PlannedCheck], _ plan: inout Plan
  ) -> FamilyEvaluation {
    let peer = table.peers[dataset]
    let names = self.members.filter { table.types[$0] != nil }
    let comparisons = names.map { ValueComparison(of: $0, in: table, and: peer, within: terms(of: $0).tolerance) }
    let (key, other) = (key, peer.name)
    // The rows that lack a partner are not those that differ in a column: no command could write the rows of all findings.
    let slot = plan.require(
      KeyedRows.Specification(key: key, as: table.keyTypes(key, and: [peer]), values: names), of: other,
      judgesRows: false
    ) { there in
      var rows = MatchedRows.Specification(key: key, columns: names, comparisons, with: there, of: other)
      rows.comparesSingles = true
      return rows
    }
    let untyped = zip(names, comparisons).filter { name, comparison in
      comparison == .text && terms(of: name).tolerance != nil && table.rules.types[name] == nil
    }
    let claim = SkewClaim(
      check: self, rows: JoinedRows(table: table, peer: peer, key: key, columns: names), members: members,
      untyped: Set(untyped.map(\.0)),
      onlyHere: choice.named == nil ? onlyHere(table) : [])
    return { measurements in
      do throws(ScanError) {
        return claim.findings(try measurements[slot].get())
      } catch {
        let finding = table.planned.unanswered(by: other, error)
        return [finding] + members.map { $0.skipped(because: finding.id) }
      }
    }
  }
}
