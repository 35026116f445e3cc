package import Language
package import Planning
internal import Scan
internal import Statistics
package import Verdict

/// `multivariate_drift: {at_most: 0.55}`: nothing tells rows of this table from rows of the baseline.
package struct MultivariateDriftCheck: RowDriftRule {
  package var terms = RowDriftTerms()
  package var baseline: DataBaseline?

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "multivariate_drift",
    summary:
      "Rows do not tell whether they are of this table or of its baseline, which must be a dataset (a file or {dataset: NAME}; a profile holds no rows). A classifier learns it from all columns together and is judged on rows that it was not learnt from; at_most is the area under the ROC curve, 0.5 where nothing tells them apart and 0.55 unless it says otherwise. It sees values, whether they are missing, how spread numbers are, and how columns depend on each other in pairs. The claim is about the populations: it fails when all of the interval lies above the limit, passes when all of it lies within, and is inconclusive else; about 500 rows of each side are needed to pass at 0.55. Of many rows 20,000 of each side are drawn at random (fewer of more than 20 columns), the same in every run. columns: all leaves out keys, names of rows, dates and lists. What tells the samples apart is listed: a column, or a pair. cupel explain domain-classifier tells more.",
    why:
      "Every column can look the same while what they have to do with each other has changed: a join that went wrong, a swapped unit in one branch, a new kind of customer.",
    example:
      "data:\n  flights:\n    source: flights.csv\n    baseline: {dataset: last_month}\n    multivariate_drift: {except: [id], at_most: 0.6}\n  last_month:\n    source: last_month.csv",
    fix:
      "Look at the columns and pairs that the finding lists, most telling first: compare them by drift, or by correlation for a pair. Name with except what may change."
  )

  package static var keys: [Key<MultivariateDriftCheck>] {
    RowDriftTerms.keys(\.terms, limit: "The greatest area under the ROC curve: 0.55 when left out, 0.5 is guessing.")
  }

  package static func validate(_ rule: MultivariateDriftCheck, _ node: Node, _ problems: inout Problems) {
    rule.terms.validate(between: 0.5, and: 1, &problems)
  }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let claim = PopulationClaim(
      planned: table.planned, noun: "the rows are told apart with an AUC of", location: terms.limit?.location,
      limit: terms.limit?.value.value ?? 0.55, whenInconclusive: terms.whenInconclusive)
    let confidence = terms.confidence
    return DriftRows.prepare(terms, baseline, table, &plan) { rows in
      do throws(Undefined) {
        let classifier = try DomainClassifier(
          reference: rows.reference, current: rows.current, confidence: confidence, seed: rows.seed)
        var evidence = rows.evidence
        evidence.method = DomainClassifier.method.name
        evidence.notes = Self.words(classifier, rows.names) + evidence.notes + classifier.notes
        return claim.judge(classifier.area, rows: rows.rows, evidence)
      } catch {
        return claim.finding(of: error, rows.evidence)
      }
    }
  }

  /// What tells the samples apart, while anything does.
  private static func words(_ classifier: DomainClassifier, _ names: [String]) -> [String] {
    guard classifier.area.interval.lower > 0.5 else { return [] }
    let parts = classifier.contributions.prefix(5).filter { $0.share >= 0.02 }.map { columns, share in
      "\(columns.map { TableContext.words([names[$0]]) }.joined(separator: " with ")) \(Quantity.brief(share * 100, digits: 2))%"
    }
    return ["told apart by \(parts.joined(separator: ", "))"]
  }
}

extension DomainClassifier {
  /// What a reader should know of how it judged.
  var notes: [String] {
    guard shared > 0 else { return [] }
    return [
      "\(Quantity(Double(shared), .rows)) of both sides are the same: they say nothing of which side a row is of, and "
        + "are judged by what others taught"
    ]
  }
}

extension PopulationClaim {
  /// What follows from a number that is not defined: too few rows may be more one day.
  func finding(of problem: Undefined, _ evidence: Evidence) -> Finding {
    switch problem {
    case .tooFew("rows", let needed, let got):
      return inconclusive("\(got) rows are too few to tell; it takes \(needed) and more in each sample", evidence)
    case .zeroVariance:
      return planned.finding(
        .errored, "no column varies in a way that could tell the samples apart", reason: .undefined, evidence: evidence)
    default: return planned.finding(.errored, "\(problem)", reason: .undefined, evidence: evidence)
    }
  }
}
