package import Language
package import Planning
internal import Scan
internal import Statistics
package import Verdict

/// `embedding_drift: {column: embedding, at_most: 0.55}`: vectors are as those of the baseline.
package struct EmbeddingDriftCheck: RowDriftRule {
  package var column = ""
  package var terms = RowDriftTerms()
  package var baseline: DataBaseline?

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "embedding_drift",
    summary:
      "The vectors of a column, lists of numbers, do not tell whether they are of this table or of its baseline, which must be a dataset. Each has as many elements as most of the baseline's have: another length, or a value that is no list of numbers, fails. A classifier learns from the elements and the norms and is judged on rows that it was not learnt from, as multivariate_drift does; at_most is the area under the ROC curve, 0.55 unless it says otherwise, 0.5 where nothing tells them apart. The claim is about the populations: it fails when all of the interval lies above the limit, passes when all of it lies within, and is inconclusive else. 4,000 vectors of each side are drawn at random, the same in every run; of vectors of more than 512 elements the further ones are folded into these. cupel explain domain-classifier tells more.",
    why:
      "A new version of the model that embeds, or other preprocessing, moves every vector a little: no single element shows it, and every index and model behind it answers wrongly.",
    example:
      "data:\n  flights:\n    source: flights.csv\n    baseline: {dataset: last_month}\n    embedding_drift: {column: remark, at_most: 0.6}\n  last_month:\n    source: last_month.csv",
    fix:
      "Find out which model and which preprocessing made each side. Where it is meant, embed the baseline anew, or make the new data the baseline."
  )

  package static var isList: Bool { true }
  package static var standsAlone: Bool { true }

  package static var keys: [Key<EmbeddingDriftCheck>] {
    [.key("column", \.column, .string, "The column of vectors.", required: true)]
      + RowDriftTerms.verdictKeys(
        \.terms, limit: "The greatest area under the ROC curve: 0.55 when left out, 0.5 is guessing.")
  }

  package static func validate(_ rule: EmbeddingDriftCheck, _ node: Node, _ problems: inout Problems) {
    rule.terms.validate(between: 0.5, and: 1, &problems)
  }

  package var columns: [String] { [column] }
  package var expectedColumns: [String] { [] }
  package var identityColumn: String? { column }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let planned = table.planned
    guard let baseline, case .dataset(let name, _) = baseline.content else {
      return { _ in planned.finding(without: baseline, terms.whenMissing) }
    }
    let sample = VectorSample.Specification(column, limit: VectorClaim.rows, width: VectorClaim.width)
    let (here, there) = (plan.require(sample, judgesRows: false), plan.require(sample, of: name.value))
    let claim = VectorClaim(
      table: table, column: column, baseline: baseline.name, confidence: terms.confidence,
      claim: PopulationClaim(
        planned: planned, noun: "the vectors are told apart with an AUC of", location: terms.limit?.location,
        limit: terms.limit?.value.value ?? 0.55, whenInconclusive: terms.whenInconclusive))
    return { measurements in
      do throws(ScanError) {
        return claim.judge(measurements[here], try measurements[there].get())
      } catch {
        return planned.unanswered(by: name.value, error)
      }
    }
  }
}
