package import Language
package import Verdict

/// How a column of joined rows is compared, and how often it may differ.
package struct SkewTerms: Sendable {
  package var limit: Located<Quantity>?
  /// How far numbers may lie apart.
  package var tolerance: Distance?

  package init() {}

  /// The keys that may be said of single columns, too.
  static var keys: [Key<SkewTerms>] {
    [
      .optional(
        "at_most", \.limit, Shape<Quantity>.share.located,
        "In how large a share of the joined rows a column may differ: 1%."
      ),
      .optional("tolerance", \.tolerance, .distance, "How far numbers may lie apart: 1e-9 absolute, 0.1% relative."),
    ]
  }

  static var overriding: Shape<SkewTerms> { .object(SkewTerms(), keys) }

  func overridden(by other: SkewTerms) -> SkewTerms {
    var terms = self
    terms.limit = other.limit ?? limit
    terms.tolerance = other.tolerance ?? tolerance
    return terms
  }
}
