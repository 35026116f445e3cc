package import Language
package import Planning
package import Verdict

/// `key_overlap: [{with: test, key: customer_id}]`: nobody is in two splits.
package struct KeyOverlapCheck: TableRule {
  package var splits: [Located<String>] = []
  package var key: [String] = []

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "key_overlap",
    summary:
      "No row of this split has a key that another split of the config has, too: a customer, a patient, a document is in one of them alone. The key is one column or several together. Exact at any size; rows without a key are left out. Values are compared as in references. The share that allow speaks of is one of this split's rows.",
    why:
      "What a model has learnt of a person it knows of every other row of that person: the test is no test of others.",
    example: "key_overlap:\n  - {with: test, key: customer_id}\n  - {with: [valid, test], key: [shop, day]}",
    fix: "Split by the key: all rows of one go into one split, chosen by a hash of it.")

  package static let isList = true
  package static let settings: CheckSettings.Kinds = [.tolerance, .condition]
  package static let refused = ["group_by": "\"key_overlap\" compares with all rows of the other splits: see key"]

  package static var keys: [Key<KeyOverlapCheck>] {
    [
      PeerReference.with(\.splits),
      .key("key", \.key, .oneOrMoreColumns, "The column or columns that say who it is.", required: true),
    ]
  }

  package var columns: [String] { key }
  package var name: String? { "key_overlap " + key.joined(separator: "+") }
  package var peers: [PeerReference] { splits.map { PeerReference($0, columns: key) } }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    SplitOverlapClaim(table, key, with: splits, "have a key that is also in").prepare(&plan)
  }
}
