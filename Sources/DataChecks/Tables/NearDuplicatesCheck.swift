package import Language
package import Planning
internal import Scan
package import Verdict

/// `near_duplicates: [{columns: [body], similarity: 90%}]`: no row is almost another one.
package struct NearDuplicatesCheck: TableRule {
  package var splits: [Located<String>] = []
  package var compared: [String] = []
  package var similarity = Quantity(0.9, .share)

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "near_duplicates",
    summary:
      "No row is almost an earlier one, or with: test almost a row of another split of the config. One column is compared as a text, by its pieces of five characters, of which case in ASCII and white space are ignored; several columns cell by cell. Two rows are alike when they have so much of what both consist of in common (Jaccard): 90% unless similarity says otherwise. Candidates are found by MinHash and compared exactly: what is reported is alike, and of rows just as similar as asked for 99% are found, of more similar ones almost all. Rows without any value are left out.",
    why:
      "A text that was edited a little, or a record that was entered twice, is no second observation, nor a fair test.",
    example:
      "near_duplicates:\n  - {columns: [body], similarity: 80%, allow: 1%}\n  - {columns: [body], with: test}",
    fix: "Look at the listed pairs; keep one row of each, and split by what they have in common.")

  package static let isList = true
  package static let settings: CheckSettings.Kinds = [.tolerance, .condition]
  package static let refused = ["group_by": "\"near_duplicates\" compares all rows: where picks some of them"]
  package var needsAllRows: String? { "which rows are alike" }

  package static var keys: [Key<NearDuplicatesCheck>] {
    let share = Shape<Quantity>.share.map { share, node, problems -> Quantity? in
      if share.value >= 0.3, share.value <= 1 { return share }
      problems.report("a similarity is at least 30% and at most 100%: rows are less alike by chance", at: node.location)
      return nil
    }
    return [
      .key(
        "columns", \.compared, .columns(), "The column that holds the text, or those that are compared cell by cell.",
        required: true),
      .key("similarity", \.similarity, share, "How much two rows have in common that are alike: 90%."),
      PeerReference.with(\.splits, required: false),
    ]
  }

  package var columns: [String] { compared }
  package var name: String? {
    (["near_duplicates", compared.joined(separator: "+")] + (splits.isEmpty ? [] : ["across"])).joined(separator: " ")
  }
  package var peers: [PeerReference] { splits.map { PeerReference($0, columns: columns) } }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let others = splits.map { table.peers[$0] }
    let names = others.map(\.name)
    let rows = SketchedRows.Specification(columns, similarity: similarity.value)
    let there = names.map { plan.require(rows, of: $0) }
    let whose = names.isEmpty ? "an earlier row" : "a row of \(names.joined(separator: " or "))"
    var claim = table.rowClaim(
      of: columns, limit: .text("less than \(similarity) alike to \(whose)"),
      violation: "are at least \(similarity) alike to \(whose)")
    claim.column.isSensitive = claim.column.isSensitive || others.contains { $0.hides(columns) }
    let found = required(rows, names, &plan)
    return { [claim] measurements in
      for (other, slot) in zip(others, there) {
        do throws(ScanError) {
          let found = try measurements[slot].get()
          if found.rows == 0 { return table.planned.unanswered(byEmpty: other.name) }
          if found.texts == 0 {
            let what = "has no row with a value in \(columns.joined(separator: ", "))"
            return table.planned.unanswered(byEmpty: other.name, what)
          }
        } catch {
          return table.planned.unanswered(by: other.name, error)
        }
      }
      do throws(ScanError) {
        return judge(try found(measurements), claim, others, table)
      } catch {
        return table.planned.unanswered(by: names.joined(separator: ", "), error)
      }
    }
  }

  private func required(
    _ rows: SketchedRows.Specification, _ names: [String], _ plan: inout Plan
  ) -> @Sendable (Measurements) throws(ScanError) -> NearDuplicates {
    guard !names.isEmpty else {
      let slot = plan.require(NearDuplicates.Specification(rows))
      return { $0[slot] }
    }
    let slot = plan.require(rows, ofEach: names) { NearDuplicates.Specification(rows, with: $0, of: names) }
    return { measurements throws(ScanError) in try measurements[slot].get() }
  }

  private func judge(
    _ found: NearDuplicates, _ claim: ValueClaim, _ others: [PeerTable], _ table: TableContext
  ) -> Finding {
    var finding = claim.judge(found.summary)
    for (index, other) in found.others.enumerated() where finding.evidence.samples.indices.contains(index) {
      let split = others.indices.contains(other.table) ? others[other.table] : nil
      let files = split?.files ?? table.files
      let sample = SampleRows(files: files, isSensitive: false).sample(other.place, "")
      let number = sample.line.map { "line \($0)" } ?? sample.name ?? ""
      let place = [split.map { "\($0.name): \(sample.file ?? "")" } ?? sample.file, number].compactMap { $0 }
      let share = Quantity.brief(other.similarity * 100, digits: 3)
      finding.evidence.samples[index].value = "\(share)% alike to \(place.joined(separator: ", "))"
    }
    return finding
  }
}
