package import Language
package import Planning
internal import Scan
package import Verdict

/// `drift: {columns: all, distance: {at_most: 0.1}}`: each column is distributed as in the baseline, within a limit.
package struct DriftCheck: FamilyRule {
  package var choice = ColumnChoice()
  package var terms = DriftTerms()
  /// What is said differently of some columns.
  package var overrides: [(name: Located<String>, value: DriftTerms)] = []
  /// The greatest share of columns that may have drifted.
  package var share: Located<Quantity>?
  /// Nil when nobody says: a column warns, and that no column could be told blocks.
  package var whenInconclusive: Policy?
  package var whenMissing = MissingPolicy.error
  private(set) var baseline: DataBaseline?

  package enum Policy: String, Sendable, CaseIterable { case warn, block }
  package enum MissingPolicy: String, Sendable, CaseIterable { case error, accept }

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "drift",
    summary:
      "Each column is distributed as in the baseline: a profile saved by cupel data profile, another file, or {dataset: NAME}. The claim is about the populations behind both samples, so each distance has an interval. A column has drifted when all of its interval lies above the limit and the difference is no chance (false discovery rate over the columns); it passes when all of it lies within and both samples have 100 values; else it is inconclusive, which warns unless when_inconclusive: block; where that is so of every column, nothing was told, and the whole is inconclusive and blocks unless when_inconclusive: warn. Numbers are compared in cells of pooled quantiles (values that stand out from their neighbours, or of which one side certainly has more, have cells of their own), dates and points in time in the same way, whatever the files store them as (of text files those of columns that hold nothing else), categories by their counts (up to 400 one by one, of which the smaller sample expects ten rows, and those whose share has certainly changed; rarer ones share cells), up to 400 different numbers in the same way where there are 500 rows for each, more texts than a profile counts by 256 buckets of their hashes (whose distance is at most that of the values: they can show a change, and never that there is none), texts that are nearly all different by their lengths. Of texts of which most are different, where columns names them, which characters and which words they are made of is compared, too: each text counts alike, its characters by seven classes (small and capital letters among them), its words (at most 64, whatever their case) by 256 buckets of their hashes, and by the share of words that the other side does not have, beyond what chance brings. Beside the distance are judged the change of the share of missing values (nulls: {at_most: 10%} unless it says otherwise), the share of new and of vanished categories (unseen: {at_most: 10%}), and that of numbers outside the baseline's range (unseen; without it as many as would by themselves be as far away as the distance may, 2% for a Jensen-Shannon distance of 0.1, and 10% at most). columns: all leaves out identifiers (whole numbers that are nearly all different and lie close together or, of a thousand and more, are spread evenly), dates and texts that are nearly all different, and says so; a column that is so on one side alone is compared, and fails where that is no chance of few rows. A column of the baseline that is gone fails present, one that the baseline lacks is named. Limits without a distance: 0.1, of psi 0.2. With group_by: each group is compared with the same group of the baseline, which is a table then and no profile; a column fails when it has drifted in any group, and is inconclusive when one is (where every column is, the whole passes if groups with half of the rows were told of one of them), several groups of less than 100 rows are compared as one, and the whole fails when new or vanished groups have more rows than unseen allows. With share: the columns only warn, too large a share of drifted ones fails, and where too many are inconclusive to tell, that blocks unless when_inconclusive: warn.",
    why:
      "A model answers for the data that it was trained on. A test of significance alarms on every large table, a distance alone on every small one: neither knows what the samples can tell.",
    example:
      "data:\n  flights:\n    source: flights.csv\n    baseline: {dataset: last_month}\n    drift: {columns: [carrier, distance], distance: {at_most: 0.1}, confidence: 95%}\n  last_month:\n    source: last_month.csv",
    fix:
      "Look at the cells that moved most, which the finding lists: a changed unit, a lost source, a new category. When the change is meant, make the new data the baseline."
  )

  /// Groups are told by the values of columns of both sides.
  package static let settings: CheckSettings.Kinds = .groups
  package static let peerSettings: CheckSettings.Kinds = .groups

  package static var keys: [Key<DriftCheck>] {
    let columns: [Key<DriftCheck>] = ColumnChoice.keys(
      \.choice, columns: "The columns to compare: all, one, or a list.", except: "Columns that are not compared.")
    let verdict: [Key<DriftCheck>] = [
      .key(
        "overrides", \.overrides, DriftTerms.overriding.dictionary,
        "What is said differently of some columns: method, distance, nulls, unseen."),
      .optional(
        "share", \.share, .limit(Shape<Quantity>.share),
        "How large a share of the columns may have drifted; without it none may."),
      .optional(
        "when_inconclusive", \.whenInconclusive, .choice, "What a column does that cannot be told: warn or block."),
      .key("when_missing", \.whenMissing, .choice, "What a missing baseline is: error, or accept."),
    ]
    return columns + verdict + DriftTerms.keys.map { $0.within(\.terms) } + [
      .key("confidence", \.terms.confidence, DriftTerms.level, "Of the intervals: 95%.")
    ]
  }

  package static var short: Shape<DriftCheck>? {
    ColumnChoice.shape.map { columns in
      var rule = DriftCheck()
      rule.choice.named = columns
      return rule
    }
  }

  package static func validate(_ rule: DriftCheck, _ node: Node, _ problems: inout Problems) {
    let overridden = rule.overrides.map { rule.terms.overridden(by: $0.value) }
    for terms in [rule.terms] + overridden { terms.validate(&problems) }
  }

  package mutating func resolve(_ rules: RulesContext, _ problems: inout Problems) -> Bool {
    baseline = rules.baseline
    return choice.isSound(among: baseline?.columns ?? [], overriding: overrides.map(\.name), &problems)
  }

  package var peers: [PeerReference] { baseline?.peers ?? [] }

  package var members: [String] { choice.columns(among: baseline?.columns ?? []) }

  /// One that is absent is none of the others' business.
  package var expectedColumns: [String] {
    (choice.named == nil ? [] : members) + choice.expected(among: baseline?.columns ?? [])
  }

  /// A share of columns that may drift is a claim about all of them, and none about one.
  package var memberSeverity: Severity? { share == nil ? nil : .warn }

  /// What is said of a column.
  func terms(of column: String) -> DriftTerms {
    overrides.first { $0.name.value == column }.map { terms.overridden(by: $0.value) } ?? terms
  }

  package func prepare(
    _ table: TableContext, _ members: [PlannedCheck], _ plan: inout Plan
  ) -> FamilyEvaluation {
    guard let baseline = usableBaseline else { return { _ in refused(table, members, missingBaseline) } }
    let family = DriftFamily(self, baseline, table)
    if !table.groups.isEmpty {
      guard case .dataset(let name, _) = baseline.content else {
        return { _ in
          refused(
            table, members,
            ScanError(
              .unreadable, "\(baseline.name) is a profile, which knows nothing of single groups",
              hint: "group_by needs the data of the baseline: name a table, or {dataset: NAME}"))
        }
      }
      let segments = DriftSegments(self, baseline, named: name.value, family, table, members, &plan)
      return { segments.findings($0) }
    }
    let pairs = members.map { DriftPair($0, of: $0.id.column ?? "", self, baseline, table, &plan) }
    return { measurements in family.findings(pairs.map { $0.compared(measurements) }) }
  }

  /// What there is to compare with; nil when there is nothing.
  var usableBaseline: DataBaseline? { missingBaseline == nil ? baseline : nil }

  /// What is wrong with the baseline that the config names.
  var missingBaseline: ScanError? {
    if case .missing(let problem)? = baseline?.content { problem } else { nil }
  }

  /// The findings when there is nothing to compare with.
  func refused(_ table: TableContext, _ members: [PlannedCheck], _ problem: ScanError?) -> [Finding] {
    let message = problem.map { "there is no baseline: \($0.message)" } ?? "the config names no baseline"
    let hint = problem?.hint ?? "cupel data profile SOURCE -o FILE makes one"
    let finding =
      whenMissing == .accept
      ? table.planned.finding(.skipped, "\(message); when_missing: accept", reason: .requested)
      : table.planned.finding(.errored, message, reason: .baseline, evidence: Evidence(notes: [hint]))
    return [finding] + members.map { $0.skipped(because: table.planned.id) }
  }
}
