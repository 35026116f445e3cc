package import Language
package import Planning
internal import Scan
internal import Statistics
package import Verdict

/// `reconstruction_drift: {at_most: 1.1}`: the principal components of the baseline describe this table as well.
package struct ReconstructionDriftCheck: RowDriftRule {
  package var terms = RowDriftTerms()
  package var baseline: DataBaseline?

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "reconstruction_drift",
    summary:
      "The principal components of the baseline, which must be a dataset, describe the rows of this table as well as they describe rows of the baseline that they were not fitted to. at_most is the factor by which the mean error may differ, up or down: 1.1 when left out, 1 is no difference. The components hold 65% of the variance of half of the baseline's rows. The claim is about the populations: it fails when all of the interval lies above the limit, passes when all of it lies within, and is inconclusive else. Of many rows 20,000 of each side are drawn at random (fewer of more than 20 columns), the same in every run. columns: all leaves out keys, names of rows, dates and lists. cupel explain pca-reconstruction tells more.",
    why: "When columns stop going together as they did, a model meets rows of a kind that it was never shown.",
    example:
      "data:\n  flights:\n    source: flights.csv\n    baseline: {dataset: last_month}\n    reconstruction_drift: {except: [id], at_most: 1.2}\n  last_month:\n    source: last_month.csv",
    fix:
      "Use multivariate_drift to see which columns and pairs changed. When the change is meant, make the new data the baseline."
  )

  package static var keys: [Key<ReconstructionDriftCheck>] {
    RowDriftTerms.keys(\.terms, limit: "By which factor the mean error may differ: 1.1 when left out.")
  }

  package static func validate(_ rule: ReconstructionDriftCheck, _ node: Node, _ problems: inout Problems) {
    rule.terms.validate(between: 1, and: .infinity, &problems)
  }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let claim = PopulationClaim(
      planned: table.planned, noun: "the mean reconstruction error differs by a factor of",
      location: terms.limit?.location, limit: terms.limit?.value.value ?? 1.1, whenInconclusive: terms.whenInconclusive)
    let confidence = terms.confidence
    return DriftRows.prepare(terms, baseline, table, &plan) { rows in
      do throws(Undefined) {
        let error = try ReconstructionError(
          reference: rows.reference, current: rows.current, confidence: confidence, seed: rows.seed)
        var evidence = rows.evidence
        evidence.method = ReconstructionError.method.name
        let means = [error.means.reference, error.means.current].map { Quantity.brief($0, digits: 3) }
        evidence.notes.insert(
          "mean error \(means[0]) before, \(means[1]) now, of \(error.components) of \(error.features) components",
          at: 0)
        return claim.judge(error.factor, rows: rows.rows, evidence)
      } catch {
        return claim.finding(of: error, rows.evidence)
      }
    }
  }
}
